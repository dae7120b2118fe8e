from . import complaint_form
from . import complaint_portal
from . import portal_shipment
from . import portal_orders
from . import report_print
from . import report_xlsx
from . import satisfaction_survey
