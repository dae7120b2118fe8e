from . import customer_assign
from . import customer_attach
from . import customer_standing
from . import person_erase
from . import person_export
from . import tier_set
from . import milestone_postpone
from . import order_split
