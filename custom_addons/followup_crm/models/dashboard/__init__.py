from . import dashboard
from . import dashboard_tiles
from . import dashboard_panels
from . import dashboard_sales
from . import dashboard_questions
from . import dashboard_service
from . import dashboard_totals
