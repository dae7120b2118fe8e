from . import sales_fact
from . import sales_history
from . import sales_line
from . import sales_month
from . import customer_dealings
from . import customer_figures
from . import customer_facts_combine
