from . import customer_sheet
from . import customer_template
from . import register
