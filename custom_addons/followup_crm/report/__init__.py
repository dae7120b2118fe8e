from . import customer_sheet
from . import register
from . import xlsx
