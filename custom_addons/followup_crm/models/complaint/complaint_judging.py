from odoo import api, fields, models

from .states import NATURES, OPEN_STATES, WAITING_STATES


class Complaint(models.Model):
    """Judging, investigating, directing (C2, C4, C5), and what changes for good."""

    _inherit = "followup.complaint"

    category_id = fields.Many2one(
        "followup.complaint.category",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    cause_id = fields.Many2one(
        "followup.complaint.cause",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    is_judged = fields.Boolean(
        compute="_compute_is_judged", store=True, string="Is judged", precompute=True
    )
    approval_ids = fields.One2many(
        "followup.complaint.approval", "complaint_id", string="Approvals"
    )
    refusal_reason = fields.Text(string="Refusal reason", readonly=True, tracking=True)
    first_closed_date = fields.Datetime(string="First closed on", readonly=True)

    containment = fields.Text(
        tracking=True,
        help="What keeps the damage from growing: sales stopped, goods set aside, the"
        " next shipment checked.",
    )
    sample_result = fields.Selection(
        [
            ("conforms", "As the sealed sample"),
            ("differs", "Differs from the sealed sample"),
            ("none", "There is no sealed sample"),
        ],
        string="Compared with the sample",
        tracking=True,
    )
    inspection_note = fields.Text(
        string="What the inspection said",
        tracking=True,
        help="Mid-line and final inspection of the goods: when, by whom, result.",
    )
    findings = fields.Text(string="What we found", tracking=True)
    root_cause = fields.Text(string="Root cause", tracking=True)
    responsible_kind = fields.Selection(
        [
            ("us", "We"),
            ("supplier", "Supplier or factory"),
            ("carrier", "Carrier"),
            ("customer", "The customer itself"),
            ("other", "Somebody else"),
        ],
        string="Responsible",
        tracking=True,
    )
    responsible_department = fields.Char(string="Responsible department", tracking=True)
    responsible_user_id = fields.Many2one(
        "res.users",
        string="Responsible person",
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    responsible_partner_id = fields.Many2one(
        "res.partner",
        string="Responsible company",
        tracking=True,
        check_company=True,
        index="btree_not_null",
    )
    instruction = fields.Text(
        tracking=True, help="The manager's: what is to be done, and how far we may go."
    )
    directed_by_id = fields.Many2one("res.users", string="Directed by", readonly=True)
    directed_date = fields.Datetime(string="Directed on", readonly=True, tracking=True)
    consequences = fields.Text(
        tracking=True,
        help="What follows for those responsible: training, charge to the factory,"
        " warning.",
    )
    capa_decision = fields.Selection(
        [("needed", "Needed"), ("not_needed", "Not needed")],
        string="Corrective action",
        readonly=True,
        tracking=True,
    )
    action_ids = fields.One2many("followup.action", "complaint_id", string="Actions")

    @api.depends("category_id", "severity")
    def _compute_is_judged(self):
        for complaint in self:
            complaint.is_judged = bool(complaint.category_id and complaint.severity)

    # === ACTIONS === #

    def action_capa_needed(self):
        """Something is to be corrected for good: the action is written down next."""
        self._check_state(OPEN_STATES)
        self._write_step(capa_decision="needed", capa_date=False)

    def action_capa_not_needed(self):
        """Nothing is to be changed: the clock stops."""
        self._check_state(OPEN_STATES)
        self._write_step(capa_decision="not_needed", capa_date=fields.Datetime.now())

    # === BUSINESS === #

    def _resume(self):
        """The customer answered: the clocks run on, the pause is left out."""
        # Elevated: a customer's answer resumes, too; the clocks are closed to writing.
        for complaint in self.sudo().filtered("is_paused"):
            complaint.pause_ids.filtered(lambda pause: not pause.date_to).write(
                {"date_to": fields.Datetime.now()}
            )
            complaint.write({"is_paused": False, "paused_date": False})
            complaint._replan_clocks()

    def _pause(self, reason):
        """The clocks stop while we wait for the customer, with the reason (C3)."""
        self._check_state(WAITING_STATES)
        now = fields.Datetime.now()
        # Elevated: pauses are written by this method only.
        self.env["followup.complaint.pause"].sudo().create(
            [
                {
                    "complaint_id": complaint.id,
                    "date_from": now,
                    "reason": reason,
                    "user_id": self.env.uid,
                }
                for complaint in self
                if not complaint.is_paused
            ]
        )
        self._write_step(is_paused=True, paused_date=now)

    def _judge_nature(self, nature):
        """The nature was approved."""
        assert nature in dict(NATURES)
        self.sudo().write({"nature": nature})  # approved: closed to direct writing
