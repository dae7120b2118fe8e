from odoo import api, fields, models
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
        domain = self._get_scope(role, "customer_id.user_id")
        domain &= self._here("followup.value")
        query, column = self._search_columns("followup.value", domain)
        risk = SQL(
            """%s IN %s AND %s NOT IN %s""",
            column("churn_state"),
            AT_RISK,
            column("activity"),
            NOT_LEFT,
        )
        names = ("at_risk", "at_risk_before", "unprofitable", "overdue", "turnover")
        [row] = self.env.execute_query(
            query.select(
                SQL("""COUNT(*) FILTER (WHERE %s)""", risk),
                SQL("""SUM(%s) FILTER (WHERE %s)""", column("turnover_before"), risk),
                SQL("""COUNT(*) FILTER (WHERE %s)""", column("is_unprofitable")),
                self._sum_positive(column("overdue")),
                self._sum_positive(column("turnover")),
            )
        )
        return {name: float(value or 0) for name, value in zip(names, row, strict=True)}

    @api.model
    def _search_columns(self, model, domain):
        """A search with the user's record rules, to be aggregated by hand.

        :return: the query without an order, and a function that names its columns
        """
        query = self.env[model]._search(domain, order="id")
        query.order = None
        return query, lambda name: SQL.identifier(query.table, name)

    @api.model
    def _sum_positive(self, column):
        return SQL("""SUM(%s) FILTER (WHERE %s > 0)""", column, column)

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
        """Customers of the company that wait: for a contact, for a decision.

        :return: dict ``overdue``: owner and number not contacted in time, the most
            first; ``standing``: number whose standing is to be approved
        """
        known = self.env.context.get("fcrm_totals", {})
        if "waiting" not in known:
            known["waiting"] = self._read_waiting()
        return known["waiting"]

    @api.model
    def _read_waiting(self):
        model = "followup.customer"
        query, column = self._search_columns(model, self._here(model))
        query.groupby = column("user_id")
        today = fields.Date.context_today(self)
        overdue = SQL("""%s <= %s""", column("contact_overdue_date"), today)
        requested = SQL("""%s IS NOT NULL""", column("standing_requested"))
        rows = self.env.execute_query(
            query.select(
                column("user_id"),
                SQL("""COUNT(*) FILTER (WHERE %s)""", overdue),
                SQL("""COUNT(*) FILTER (WHERE %s)""", requested),
            )
        )
        users = self.env["res.users"].browse([row[0] for row in rows if row[0]])
        owners = {user.id: user for user in users}
        found = [
            (owners.get(user_id, users.browse()), number)
            for user_id, number, _requested in rows
            if number
        ]
        return {
            "overdue": sorted(found, key=lambda group: -group[1]),
            "standing": sum(row[2] for row in rows),
        }
