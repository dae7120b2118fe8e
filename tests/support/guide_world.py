"""What the examples of docs/en/api.md stand on: users with keys, a pool, an answer."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tests.support import api

SELLER = ("followup_crm.group_user", "sales_team.group_sale_salesman")
MANAGER = (
    "followup_crm.group_manager",
    "sales_team.group_sale_manager",
    "product.group_product_manager",
)

PREPARE = """
from datetime import date, timedelta
env.company.fcrm_pool_active = True
pooled = env["followup.customer"].create(
    {"name": "Rosewood Trading", "country_id": env.ref("base.za").id, "user_id": False}
)
pooled.env.cr.execute(
    "UPDATE followup_customer SET owner_since = %s WHERE id = %s",
    [date.today() - timedelta(days=5), pooled.id],
)
survey = env["survey.survey"]._fcrm_get_for("satisfaction")
asked = env["followup.satisfaction.invitation"].create(
    {"survey_id": survey.id, "kind": "satisfaction", "customer_id": pooled.id,
     "source": "customer", "state": "answered",
     "company_id": env.company.id}
)
env["followup.satisfaction.response"].create(
    {"invitation_id": asked.id, "survey_id": survey.id, "kind": "satisfaction",
     "source": "customer", "customer_id": pooled.id, "company_id": env.company.id,
     "date": date.today(), "index": 75.0, "is_scored": True, "nps": 9}
)
"""


def clients(server) -> dict[str, api.Client]:
    """Make the guide's users; return their clients by the names of their keys."""
    return {
        "SELLER": api.client(server, "guide.seller", *SELLER),
        "COLLEAGUE": api.client(server, "guide.colleague", *SELLER),
        "MANAGER": api.client(server, "guide.manager", *MANAGER),
    }


def known(users: dict[str, api.Client]) -> dict[str, object]:
    """Return what the examples know before the first answer: users and days."""
    today = date.today()
    month = today.replace(day=1)
    return {
        "seller": users["SELLER"].user_id,
        "colleague": users["COLLEAGUE"].user_id,
        "today": str(today),
        "this_month": str(month),
        "next_month": str(month + relativedelta(months=1)),
        "in_ten_days": str(today + timedelta(days=10)),
    }
