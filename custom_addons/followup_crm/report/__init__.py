from . import customer_sheet
from . import order_tracking
from . import xlsx
