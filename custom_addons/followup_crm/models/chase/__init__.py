from . import chase_rule
from . import chase
from . import chase_propose
from . import chase_send
from . import chase_measure
from . import customer_chase
