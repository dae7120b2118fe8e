from odoo import api, fields, models


class Greeting(models.TransientModel):
    """Look through greetings, one by one, and send them (F5)."""

    _name = "followup.greeting"
    _description = "Send greetings"

    interaction_ids = fields.Many2many(
        "followup.interaction",
        "followup_greeting_interaction_rel",
        string="Greetings",
        required=True,
    )
    preview_id = fields.Many2one(
        "followup.interaction",
        compute="_compute_preview_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', interaction_ids)]",
        ondelete="cascade",
    )
    recipient_id = fields.Many2one(
        related="preview_id.greeted_partner_id", related_sudo=False, string="To"
    )
    state = fields.Selection(
        related="preview_id.greeting_state", related_sudo=False, string="This one"
    )
    subject = fields.Char(compute="_compute_preview")
    body = fields.Html(compute="_compute_preview", sanitize=False)
    ready_count = fields.Integer(compute="_compute_counts", string="Ready to send")
    left_out_count = fields.Integer(compute="_compute_counts", string="Left out")

    @api.depends("interaction_ids")
    def _compute_preview_id(self):
        for wizard in self:
            found = wizard.interaction_ids
            ready = found.filtered(lambda c: c.greeting_state == "ready")
            wizard.preview_id = (ready or found)[:1]

    @api.depends("preview_id")
    def _compute_preview(self):
        for wizard in self:
            subject, body = False, False
            # Rights are the greeting's: nobody previews what he or she may not see.
            if wizard.preview_id and wizard.preview_id.has_access("write"):
                subject, body = wizard.preview_id._origin._render_greeting()
            wizard.subject, wizard.body = subject, body

    @api.depends("interaction_ids")
    def _compute_counts(self):
        for wizard in self:
            states = wizard.interaction_ids.mapped("greeting_state")
            wizard.ready_count = states.count("ready")
            wizard.left_out_count = len(states) - wizard.ready_count

    # === ACTIONS === #

    def action_next(self):
        """Show the next greeting."""
        self.ensure_one()
        ids = self.interaction_ids.ids
        place = ids.index(self.preview_id.id) if self.preview_id.id in ids else -1
        self.preview_id = ids[(place + 1) % len(ids)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send greetings"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_send(self):
        """Send all that are ready."""
        self.ensure_one()
        count = self.interaction_ids._send_greetings()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Greetings sent: %(count)s", count=count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
