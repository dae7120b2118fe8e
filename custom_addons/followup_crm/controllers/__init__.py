from . import complaint_form
from . import complaint_portal
from . import report_xlsx
from . import satisfaction_survey
