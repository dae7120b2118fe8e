from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..value.value import CHURN_STATES

AT_RISK = tuple(key for key, _name in CHURN_STATES if key in ("at_risk", "churned"))
NOT_LEFT = ("lost", "prospect")


class Dashboard(models.AbstractModel):
    """Sums that several tiles and panels show: all values are read once (S2)."""

    _inherit = "followup.dashboard"

    @api.model
    def _get_totals(self, role):
        """Figures of all customers that the role looks at.

        :return: dict ``at_risk`` and ``at_risk_before`` (their turnover of the 12
            months before last), ``unprofitable``, ``overdue``, ``turnover``
        """
        known = self.env.context.get("fcrm_totals", {})
        if "values" not in known:
            known["values"] = self._read_totals(role)
        return known["values"]

    @api.model
    def _read_totals(self, role):
        values = self.env["followup.value"]
        domain = self._get_scope(role, "customer_id.user_id") & self._here(values._name)
        # The search applies the user's record rules.
        query = values._search(domain, order="id")
        names = ("at_risk", "at_risk_before", "unprofitable", "overdue", "turnover")
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*) FILTER (WHERE %(risk)s),
                       COALESCE(SUM(turnover_before) FILTER (WHERE %(risk)s), 0),
                       COUNT(*) FILTER (WHERE is_unprofitable),
                       COALESCE(SUM(overdue) FILTER (WHERE overdue > 0), 0),
                       COALESCE(SUM(turnover) FILTER (WHERE turnover > 0), 0)
                  FROM followup_value WHERE id IN %(visible)s
                """,
                risk=SQL(
                    """churn_state IN %s AND activity NOT IN %s""", AT_RISK, NOT_LEFT
                ),
                visible=query.subselect(),
            )
        )
        return dict(zip(names, map(float, row), strict=True))

    @api.model
    def _get_risk_domain(self, role):
        """Customers behind their rhythm that have not left yet."""
        return (
            Domain("churn_state", "in", AT_RISK)
            & Domain("activity", "not in", NOT_LEFT)
            & self._get_scope(role, "customer_id.user_id")
        )

    @api.model
    def _get_waiting(self):
        """Customers not contacted in time, by owner, the most first."""
        known = self.env.context.get("fcrm_totals", {})
        if "waiting" not in known:
            overdue = Domain("contact_state", "=", "overdue")
            known["waiting"] = self._count_by("followup.customer", overdue, "user_id")
        return known["waiting"]
