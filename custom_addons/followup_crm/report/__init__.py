from . import customer_sheet
from . import register
from . import order_tracking
from . import xlsx
