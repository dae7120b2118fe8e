from . import followup_demo
from . import followup_demo_orders
from . import followup_demo_invoices
from . import followup_demo_plans
from . import followup_demo_complaints
from . import followup_demo_ownership
from . import followup_demo_contacts
from . import followup_demo_value
