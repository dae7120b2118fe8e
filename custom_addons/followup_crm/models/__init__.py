from . import sheet_mixin
from . import customer
from . import integration
