from odoo import api, models
from odoo.tools import SQL

from .methods import METHODS
from .methods.rank import RankMethod
from .methods.share import ShareMethod

MOST_BARS = 200


class TierScheme(models.Model):
    """Figures of the Pareto chart and of rankings (V10)."""

    _inherit = "followup.tier.scheme"

    @api.model
    @api.readonly
    def get_pareto(self, scheme_id=None, top=20):
        """Everything the Pareto chart shows, in one call.

        The customers are those that the user may see; cumulative shares are among
        them. Beyond ``top`` they are added up, so that ten thousand cost no more than
        ten.

        :param scheme_id: a scheme with places; default the policy scheme or the first
        :param top: number of customers shown one by one, at most 200
        :return: dict ``schemes``, ``scheme_id``, ``bars`` (customer, measure,
            cumulative share in percent, tier colour), ``tail``, ``limits``, ``tiers``,
            ``count``, ``total``, ``partial`` (the user does not see all: no limits),
            ``measure_label``, ``currency_id``
        """
        schemes = self._get_ranking_schemes()
        scheme = self.browse(int(scheme_id)) if scheme_id else self._get_first(schemes)
        if not scheme:
            return {"schemes": [], "scheme_id": False, "bars": [], "count": 0}
        scheme.check_access("read")
        top = max(1, min(int(top), MOST_BARS))
        domain = scheme._get_pareto_domain()
        tiers, count, total = scheme._get_pareto_tiers(domain)
        bars, above = scheme._get_pareto_bars(domain, top, total)
        partial = scheme._sees_part_of(domain, count)
        return {
            "schemes": [{"id": each.id, "name": each.name} for each in schemes],
            "scheme_id": scheme.id,
            "computed_on": scheme.last_run_date,
            "bars": bars,
            "tail": {"count": count - len(bars), "measure": max(total - above, 0.0)},
            "limits": [] if partial else scheme._get_pareto_limits(),
            "partial": partial,
            "tiers": tiers,
            "count": count,
            "total": total,
            **scheme._get_measure_unit(),
        }

    def _sees_part_of(self, domain, count):
        """Whether there are more customers than the user sees.

        A limit says nothing about shares among some of the customers.
        """
        # Elevated: only whether there are more.
        return count < self.env["followup.tier.assignment"].sudo().search_count(domain)

    def _get_ranking_schemes(self):
        """The company's schemes that are switched on and give places."""
        codes = [code for code, m in METHODS.items() if isinstance(m, ShareMethod)]
        return self.search(
            [("company_id", "=", self.env.company.id), ("method", "in", codes)]
        )

    @api.model
    def _get_first(self, schemes):
        return schemes.filtered("is_policy")[:1] or schemes[:1]

    def _get_pareto_domain(self):
        return [
            ("scheme_id", "=", self.id),
            ("measure", ">", 0),
            ("customer_id.active", "=", True),
        ]

    def _get_pareto_tiers(self, domain):
        """Customers and measure per tier, their number and their total."""
        # The search applies the user's record rules.
        query = self.env["followup.tier.assignment"]._search(domain, order="id")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.tier_id, COUNT(*), SUM(a.measure)
                  FROM followup_tier_assignment a
                 WHERE a.id IN %s
                 GROUP BY a.tier_id
                """,
                query.subselect(),
            )
        )
        found = {tier_id: (count, measure) for tier_id, count, measure in rows}
        count = sum(row[1] for row in rows)
        total = sum(row[2] for row in rows)
        tiers = [
            {
                **head,
                "count": found.get(head["id"], (0, 0))[0],
                "share": 100 * found.get(head["id"], (0, 0))[1] / total if total else 0,
            }
            for head in self._get_tier_heads()
        ]
        return tiers, count, total

    def _get_pareto_bars(self, domain, top, total):
        """The first customers, and what they sum up to."""
        assignments = self.env["followup.tier.assignment"].search_fetch(
            domain,
            ["customer_id", "measure", "tier_id"],
            order="measure desc, id",
            limit=top,
        )
        bars, above = [], 0.0
        for assignment in assignments:
            above += assignment.measure
            bars.append(
                {
                    "id": assignment.customer_id.id,
                    "name": assignment.customer_id.display_name,
                    "measure": assignment.measure,
                    "cumulative": 100 * above / total,
                    "tier": assignment.tier_id.name or "",
                    "color": assignment.tier_id.color,
                }
            )
        return bars, above

    def _get_pareto_limits(self):
        """Limits as horizontal lines of the cumulative share; ranks have none."""
        if isinstance(METHODS[self.method], RankMethod):
            return []
        return [
            {"name": tier.name, "limit": tier.limit, "color": tier.color}
            for tier in self.tier_ids.sorted("sequence")
            if tier.limit < 100
        ]
