from . import order_tracking_xlsx
from . import portal_orders
from . import report_xlsx
