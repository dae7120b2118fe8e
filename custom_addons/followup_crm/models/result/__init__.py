from . import result_line
from . import result_line_sales
from . import result_line_work
from . import result
from . import funnel
