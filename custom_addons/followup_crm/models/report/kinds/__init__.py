"""The reports by their codes (S1). To add one, add a line here and a line to
``data/report/followup.report.csv``; whatever draws them finds it here.
"""

from .dealings import DealingsByMonth
from .register import Register
from .registers import REGISTERS
from .ranking import Ranking
from .sheet import Sheets
from .statistics import CustomerStatistics
from .types import CustomerTypes

SEES_ALL = (
    "followup_crm.group_manager",
    "followup_crm.group_user_all",
    "followup_crm.group_complaint_officer",
)
SHEETS = {
    "customer_sheet": Sheets("followup.customer"),
    "visit_card": Sheets(
        "followup.customer",
        method="_get_visit_card_report",
        workbook="visit_card",
        groups=("followup_crm.group_user",),
    ),
    "account_card": Sheets(
        "followup.account",
        method="_get_card_report",
        domain=[("state", "=", "current")],
    ),
    "complaint_card": Sheets("followup.customer", method="_get_complaint_card_report"),
    "plan_sheet": Sheets(
        "followup.interaction.plan",
        date="month",
        owner="user_id",
        workbook="plan_sheet",
        groups=("followup_crm.group_user",),
    ),
    "order_tracking": Sheets("followup.order.tracking", date="order_date"),
    "complaint_record": Sheets("followup.complaint", date="received_date"),
    "satisfaction_table": Sheets(
        "followup.satisfaction.round", date="started_on", groups=SEES_ALL
    ),
    "satisfaction_improvement": Sheets(
        "followup.satisfaction.round",
        date="started_on",
        method="_get_improvement_report",
        groups=SEES_ALL,
    ),
}
KINDS = {
    "dealings_by_month": DealingsByMonth(),
    "customer_statistics": CustomerStatistics(),
    "ranking": Ranking(),
    "customer_types": CustomerTypes(),
    **SHEETS,
    **{code: Register(*given) for code, given in REGISTERS.items()},
}
