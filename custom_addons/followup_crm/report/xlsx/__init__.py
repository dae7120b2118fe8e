from . import customer_sheet
from . import customer_template
from . import visit_card
from . import plan_sheet
