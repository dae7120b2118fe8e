from . import sheet_mixin
from . import customer
from . import facts
from . import tier
from . import complaint
from . import channel
from . import improvement
from . import integration
