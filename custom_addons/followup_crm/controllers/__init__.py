from . import portal_shipment
from . import report_xlsx
