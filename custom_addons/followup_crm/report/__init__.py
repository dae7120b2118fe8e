from . import customer_sheet
from . import plan_sheet
from . import xlsx
