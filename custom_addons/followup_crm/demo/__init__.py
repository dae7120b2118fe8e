from . import followup_demo
from . import followup_demo_orders
from . import followup_demo_invoices
from . import followup_demo_shipments
from . import followup_demo_products
from . import followup_demo_tracking
