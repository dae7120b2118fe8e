from . import customer_sheet
from . import plan_sheet
from . import xlsx
from . import visit_card
