from . import sheet_mixin
from . import customer
from . import facts
from . import tier
from . import tracking
from . import integration
