from . import base_partner_merge
from . import crm_lead
from . import privacy_lookup_wizard
from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order
from . import stock_picking
