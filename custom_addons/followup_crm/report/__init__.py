from . import customer_sheet
from . import xlsx
