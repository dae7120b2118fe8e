from odoo import models
from odoo.tools import SQL

from ...tools.day import company_today


class Customer(models.Model):
    """Classes when two files turn out to be one."""

    _inherit = "followup.customer"

    def _combine_into(self, target):
        """The target keeps its classes; the history of all is kept as its own.

        An override of the target holds against one of the same scheme that comes with
        another file. What the united figures give is computed soon after.
        """
        sources = (self - target).sudo()  # as the combination itself
        if not sources or sources.company_id != target.company_id:
            return super()._combine_into(target)
        self.env.flush_all()
        schemes = self._release_tiers(sources, target.sudo())
        result = super()._combine_into(target)
        self._log_combined(schemes, target.sudo())
        self.env["followup.tier.engine"]._mirror_policy_tier(
            target.company_id, SQL("""%s""", target.ids)
        )
        self.env.invalidate_all()
        cron = self.env.ref("followup_crm.tier_cron_compute", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()
        return result

    def _release_tiers(self, sources, target):
        """Take the sources' classes and clashing overrides away, hand over the history.

        :return: ids of the schemes in which a source has a history
        """
        kept = target.override_ids.filtered(lambda o: o.state == "approved").scheme_id
        sources.override_ids.filtered(
            lambda o: o.state == "approved" and o.scheme_id in kept
        ).write({"state": "ended"})
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """DELETE FROM followup_tier_assignment WHERE customer_id = ANY(%s)
                   RETURNING id""",
                sources.ids,
            )
        )
        rows = self.env.execute_query(
            SQL(
                """UPDATE followup_tier_change SET customer_id = %s
                    WHERE customer_id = ANY(%s) RETURNING scheme_id""",
                target.id,
                sources.ids,
            )
        )
        self.env.invalidate_all()
        return sorted({row[0] for row in rows})

    def _log_combined(self, scheme_ids, target):
        """From today on, the class is the target's, whatever the history says."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO followup_tier_change (
                    customer_id, company_id, scheme_id, date, from_tier_id, to_tier_id,
                    direction, measure)
                SELECT %(customer)s, %(company)s, s.id, %(today)s, a.tier_id, a.tier_id,
                       'combined', a.measure
                  FROM unnest(%(schemes)s::integer[]) AS s (id)
                  LEFT JOIN followup_tier_assignment a ON a.scheme_id = s.id
                       AND a.customer_id = %(customer)s
                RETURNING id
                """,
                customer=target.id,
                company=target.company_id.id,
                today=company_today(target.company_id),
                schemes=scheme_ids,
            )
        )
