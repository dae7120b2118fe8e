from . import sheet_mixin
from . import customer
from . import facts
from . import tier
from . import interaction
from . import ownership
from . import plan
from . import integration
