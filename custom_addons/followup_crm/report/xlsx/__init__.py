from . import customer_sheet
from . import customer_template
from . import document
from . import plan_sheet
from . import visit_card
from . import register
