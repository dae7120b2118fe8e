from . import related_group
from . import related_product
from . import related_engine
from . import interaction_related
