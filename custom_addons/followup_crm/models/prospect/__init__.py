from . import man_advice
from . import prospect_requirement
from . import channel_cost
from . import channel_yield
from . import trait
from . import likeness
from . import customer_prospect
from . import information_prospect
