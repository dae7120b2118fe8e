from datetime import timedelta

from odoo import api, fields, models

from ..const import CONTACT_METHODS
from ..models.interaction.interaction import KINDS, OPEN_STATES

# A planned contact up to so many days ahead is the one that took place.
AHEAD_DAYS = 7


class InteractionLog(models.TransientModel):
    """Log a contact that took place: in a quarter of a minute, from anywhere (F2).

    Where one was planned about now, it is that one that is done.
    """

    _name = "followup.interaction.log"
    _description = "Log a contact"

    customer_id = fields.Many2one("followup.customer", required=True)
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    interaction_id = fields.Many2one(
        "followup.interaction",
        string="Planned as",
        compute="_compute_interaction_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="cascade",
        domain="[('customer_id', '=', customer_id),"
        " ('state', 'in', ('planned', 'confirmed', 'missed'))]",
        help="The planned contact that this was.",
    )
    method = fields.Selection(
        CONTACT_METHODS,
        string="How",
        compute="_compute_method",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    kind = fields.Selection(KINDS, default="other", required=True)
    purpose = fields.Char(
        compute="_compute_purpose",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    duration = fields.Float(string="Duration (hours)", default=0.25)
    contact_ids = fields.Many2many(
        "res.partner",
        string="People met",
        compute="_compute_contact_ids",
        store=True,
        readonly=False,
    )
    content = fields.Text(string="What was said", required=True)
    result = fields.Text()
    next_step = fields.Char(string="Next step")
    next_date = fields.Date(
        string="Next contact on",
        compute="_compute_next_date",
        store=True,
        readonly=False,
    )

    @api.depends("customer_id")
    def _compute_interaction_id(self):
        limit = fields.Date.context_today(self) + timedelta(days=AHEAD_DAYS)
        for log in self:
            log.interaction_id = self.env["followup.interaction"].search(
                [
                    ("customer_id", "=", log.customer_id.id),
                    ("user_id", "=", self.env.uid),
                    ("state", "in", OPEN_STATES),
                    ("date", "<=", limit),
                    ("is_personal", "!=", True),
                    ("kind", "!=", "holiday"),
                ],
                order="date, id",
                limit=1,
            )

    @api.depends("interaction_id", "customer_id")
    def _compute_method(self):
        for log in self:
            log.method = (
                log.interaction_id.method
                or log.method
                or log.customer_id.usual_method
                or "phone"
            )

    @api.depends("interaction_id", "customer_id")
    def _compute_purpose(self):
        contacts = self.env["followup.interaction"]
        for log in self:
            log.purpose = log.interaction_id.purpose or (
                contacts._get_proposed_purpose(log.customer_id)
            )

    @api.depends("interaction_id", "customer_id")
    def _compute_contact_ids(self):
        for log in self:
            log.contact_ids = (
                log.interaction_id.contact_ids or log.customer_id.person_in_charge_id
            )

    @api.depends("next_step")
    def _compute_next_date(self):
        """A week later, on a day on which the user works."""
        for log in self:
            if log.next_step and not log.next_date:
                day = fields.Date.context_today(self) + timedelta(days=7)
                log.next_date = self.env.user._fcrm_next_working_day(day)

    # === ACTIONS === #

    def action_log(self):
        """Write the contact down as done, and plan the next step."""
        self.ensure_one()
        contact = self.interaction_id
        if contact:
            contact.write(self._prepare_vals())
        else:
            contact = contact.create(self._prepare_vals() | self._prepare_new_vals())
        contact._done(self.date)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Logged: %(purpose)s", purpose=self.purpose),
                "next": {"type": "ir.actions.act_window_close", "infos": {"done": 1}},
            },
        }

    def _prepare_vals(self):
        vals = {
            name: self[name]
            for name in ("method", "purpose", "duration", "content", "result")
            + ("next_step", "next_date")
        }
        return vals | {"contact_ids": [(6, 0, self.contact_ids.ids)]}

    def _prepare_new_vals(self):
        return {
            "customer_id": self.customer_id.id,
            "date": self.date,
            "kind": self.kind,
            "user_id": self.env.uid,
        }
