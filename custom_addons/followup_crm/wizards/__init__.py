from . import clash_search
from . import customer_assign
from . import customer_attach
from . import customer_standing
from . import person_erase
from . import person_export
from . import pool_card
from . import tier_set
