from . import complaint_record
from . import complaint_report
from . import customer_sheet
from . import plan_sheet
from . import register
from . import order_tracking
from . import xlsx
from . import visit_card
