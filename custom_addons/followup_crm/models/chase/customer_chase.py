from odoo import api, fields, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover


class Customer(models.Model):
    """Whether a customer wants to be reminded."""

    _inherit = "followup.customer"

    chase_opt_out = fields.Boolean(
        string="No reminders",
        tracking=True,
        help="Quotations and samples without reply are not chased.",
    )

    def _combine_into(self, target):
        """Where two files had a reminder on one day, one of them stays without day."""
        # Elevated as the combination itself.
        chases = self.env["followup.chase"].sudo()
        sources = (self - target).sudo()
        if sources and sources.company_id == target.company_id:
            known = set(
                chases.search(
                    [("customer_id", "=", target.id), ("state", "=", "sent")]
                ).mapped("sent_on")
            )
            for chase in chases.search(
                [("customer_id", "in", sources.ids), ("state", "=", "sent")]
            ):
                if chase.sent_on in known:
                    chase.sent_on = False
                known.add(chase.sent_on)
            if any(source.chase_opt_out for source in sources):
                target.sudo().chase_opt_out = True
        return super()._combine_into(target)


class ChaseMover(Mover):
    """Reminders that were not sent yet."""

    def open_domain(self):
        return Domain("state", "=", "proposed")


class Handover(models.Model):
    """Proposed reminders move with the customer."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        chases = ChaseMover(env, env._("Reminders"), "followup.chase")
        return [chases, *super()._get_movers()]
