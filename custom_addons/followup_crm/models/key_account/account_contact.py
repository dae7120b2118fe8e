from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...const import CONTACT_METHODS

ROLES = [
    ("decision", "Decision maker"),
    ("handler", "Handler"),
    ("finance", "Finance"),
    ("technical", "Technical"),
    ("user", "User of the goods"),
]
# Days between visits by role, unless somebody says otherwise.
INTERVALS = {
    "decision": 90,
    "handler": 14,
    "finance": 60,
    "technical": 30,
    "user": 90,
}
STATUSES = [
    ("gap", "Nobody named"),
    ("never", "Never met"),
    ("due", "Overdue for a visit"),
    ("soon", "Due within a week"),
    ("fine", "On schedule"),
]
SOON_DAYS = 7


class AccountContact(models.Model):
    """Who of us visits whom at a key account, and how often (分层次对口走访, A6).

    Directors meet directors, merchandisers handlers, our accountant theirs. What was
    done is read from the contacts; nothing is ticked off by hand. A role without a
    person, or without one of us, is a gap.
    """

    _name = "followup.account.contact"
    _inherit = ["followup.account.detail.mixin"]
    _description = "Person of a key account and who visits it"
    _rec_name = "contact_id"
    _order = "sequence, id"

    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    role = fields.Selection(ROLES, string="Level", required=True, default="handler")
    partner_id = fields.Many2one(
        related="account_id.partner_id", string="Contact of the file"
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Person there",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('parent_id', '=', partner_id), ('is_company', '=', False)]",
    )
    function = fields.Char(related="contact_id.function", string="Position there")
    user_id = fields.Many2one(
        "res.users",
        string="Who of us",
        index="btree_not_null",
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    method = fields.Selection(
        CONTACT_METHODS, string="Usually by", required=True, default="visit"
    )
    interval_days = fields.Integer(
        string="Every (days)",
        compute="_compute_interval_days",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        aggregator=None,
    )
    last_date = fields.Date(
        compute="_compute_dates",
        string="Last met on",
        help="The last contact that was done by this colleague with this person.",
    )
    next_date = fields.Date(compute="_compute_dates", string="Due next")
    status = fields.Selection(STATUSES, compute="_compute_dates", string="Visit status")
    note = fields.Char(string="What matters to this person")

    _interval_positive = models.Constraint(
        "CHECK (interval_days > 0)", "The interval is at least one day."
    )

    # === COMPUTE === #

    @api.depends("role")
    def _compute_interval_days(self):
        for row in self:
            row.interval_days = INTERVALS.get(row.role, 30)

    @api.depends("contact_id", "user_id", "interval_days", "account_id")
    def _compute_dates(self):
        """Last and next visit; a row without any visit is due at once."""
        last = self._get_last_dates()
        today = fields.Date.context_today(self)
        for row in self:
            date = last.get((row.contact_id.id, row.user_id.id))
            row.last_date = date
            row.next_date = date + timedelta(days=row.interval_days) if date else today
            if not row.contact_id or not row.user_id:
                row.status, row.next_date = "gap", False
            elif not date:
                row.status = "never"
            elif row.next_date < today:
                row.status = "due"
            else:
                soon = row.next_date <= today + timedelta(days=SOON_DAYS)
                row.status = "soon" if soon else "fine"

    def _get_last_dates(self):
        """Dict of (contact id, user id): day of the last contact that was done."""
        interactions = self.env["followup.interaction"]
        interactions.flush_model()
        # Elevated: a date only, of a person whom the caller sees in the list.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.partner_id, i.user_id, MAX(i.date)
                  FROM followup_interaction_contact_rel r
                  JOIN followup_interaction i ON i.id = r.interaction_id
                 WHERE i.state = 'done' AND r.partner_id = ANY(%s)
                   AND i.user_id = ANY(%s) AND i.customer_id = ANY(%s)
                   AND i.company_id = ANY(%s)
                 GROUP BY 1, 2
                """,
                self.contact_id.ids,
                self.user_id.ids,
                self.account_id.customer_id.ids,
                self.account_id.company_id.ids,
            )
        )
        return {(row[0], row[1]): row[2] for row in rows}

    # === CONSTRAINTS === #

    @api.constrains("contact_id", "account_id")
    def _check_contact(self):
        for row in self:
            partner = row.account_id.customer_id.partner_id
            if row.contact_id and row.contact_id.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not belong to %(customer)s.",
                        person=row.contact_id.display_name,
                        customer=partner.display_name,
                    )
                )

    # === ACTIONS === #

    def action_plan_visit(self):
        """Open the form of a new contact with this person."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a visit"),
            "res_model": "followup.interaction",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_customer_id": self.customer_id.id,
                "default_contact_ids": self.contact_id.ids,
                "default_user_id": (self.user_id or self.env.user).id,
                "default_method": self.method,
                "default_purpose": self.env._(
                    "Keep in touch with %(person)s", person=self.contact_id.name or ""
                ),
            },
        }
