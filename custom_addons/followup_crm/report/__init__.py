from . import complaint_record
from . import complaint_report
from . import customer_sheet
from . import xlsx
