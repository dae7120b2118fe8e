from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

# A detractor hears from us within 48 hours, a passive customer within 5 working days.
URGENT = timedelta(hours=48)
PASSIVE_DAYS = 5


class SatisfactionResponse(models.Model):
    """No dead end (G6): the dissatisfied hear of us, and we look what came of it."""

    _inherit = "followup.satisfaction.response"

    action_ids = fields.One2many(
        "followup.action", "satisfaction_response_id", string="Actions"
    )
    made_complaint_id = fields.Many2one(
        "followup.complaint", string="Complaint made of it", index="btree_not_null"
    )
    next_id = fields.Many2one(
        "followup.satisfaction.response",
        string="Next answer",
        compute="_compute_next_id",
    )
    recovery = fields.Float(
        string="Change since",
        digits=(5, 1),
        compute="_compute_next_id",
        help="The index of the customer's next answer less this one.",
    )
    recovery_state = fields.Selection(
        [
            ("waiting", "Not asked again yet"),
            ("recovered", "Recovered"),
            ("same", "Not recovered"),
        ],
        string="Recovery",
        compute="_compute_next_id",
    )

    # === COMPUTE === #

    def _compute_next_id(self):
        """The next answer about the relation as a whole, for low ones."""
        following = self._get_following()
        for response in self:
            later = following.get(response.id, self.browse())
            response.next_id = later
            both = later and response.is_scored and later.is_scored
            response.recovery = later.index - response.index if both else 0.0
            if not response.is_low:
                response.recovery_state = False
            elif not later:
                response.recovery_state = "waiting"
            else:
                response.recovery_state = "same" if later.is_low else "recovered"

    def _get_following(self):
        """The answer that came next from each customer: response id → response."""
        # Elevated: answers of the same customers.
        answers = self.sudo().search(
            Domain("customer_id", "in", self.customer_id.ids)
            & Domain("source", "in", ("online", "customer")),
            order="customer_id, date, id",
        )
        following = {}
        for own in answers.grouped("customer_id").values():
            for now, later in zip(own[:-1], own[1:], strict=True):
                following[now.id] = later.sudo(self.env.su)
        return following

    # === ACTIONS === #

    def action_open_input(self):
        """The answers as the customer gave them, on Odoo's own page."""
        self.ensure_one()
        self.check_access("read")
        # Elevated: after the check; the page shows this answer only.
        answer = self.sudo().input_id
        if not answer:
            return False
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_print_url(),
            "target": "new",
        }

    # === BUSINESS === #

    def _follow_up(self):
        """An action for each low or lukewarm answer; a complaint where it is wanted."""
        for response in self:
            if response.is_low and response.survey_id.fcrm_make_complaint:
                response.made_complaint_id = response._make_complaint()
            if response.is_low or response.nps_group == "passive":
                response._make_action()

    def _make_action(self):
        self.ensure_one()
        owner = self._get_responsible()
        own = self.with_context(lang=owner.lang or self.env.lang)
        if self.is_low:
            due = fields.Datetime.now() + URGENT
        else:
            due = own._get_passive_deadline()
        action = own.env["followup.action"].create(
            {
                "name": own._get_action_name(),
                "kind": "improvement",
                "origin": "survey",
                "company_id": self.company_id.id,
                "customer_id": self.customer_id.id,
                "user_id": owner.id,
                "date_deadline": due.date(),
                "description": own._get_action_text(),
                "satisfaction_response_id": self.id,
            }
        )
        action.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=action.name,
            date_deadline=action.date_deadline,
            user_id=owner.id,
        )

    def _get_passive_deadline(self):
        now = fields.Datetime.now()
        calendar = self.company_id.resource_calendar_id
        # The day it was answered is not one of the working days.
        found = calendar and calendar.plan_days(PASSIVE_DAYS + 1, now)
        return found or now + timedelta(days=PASSIVE_DAYS)

    def _get_responsible(self):
        """The customer's owner, else whoever leads the round, else an officer."""
        complaints = self.env["followup.complaint"]
        found = (
            self.customer_id.user_id.filtered("active")
            or self.round_id.user_id.filtered("active")
            or complaints._get_handler(self.customer_id, self.company_id)
        )
        return found or self.env.ref("base.user_admin")

    def _get_action_name(self):
        if self.is_low:
            return self.env._(
                "Call %(customer)s: dissatisfied", customer=self.customer_id.name
            )
        return self.env._(
            "Ask %(customer)s what is missing", customer=self.customer_id.name
        )

    def _get_action_text(self):
        """What is known: the figures, the weakest dimensions, the customer's words."""
        lines = []
        if self.is_scored:
            lines.append(self.env._("Index %(index).0f of 100", index=self.index))
        if self.nps_group:
            lines.append(self.env._("Recommends us: %(mark)s of 10", mark=self.nps))
        names = dict(
            self.score_ids._fields["dimension"]._description_selection(self.env)
        )
        weak = self.score_ids.sorted("score").filtered(lambda one: one.score <= 50)[:3]
        lines += [
            self.env._(
                "%(dimension)s: %(score).0f",
                dimension=names[one.dimension],
                score=one.score,
            )
            for one in weak
        ]
        return "\n".join([*lines, self.comment or ""]).strip()

    def _make_complaint(self):
        """A complaint to be judged, registered for the customer."""
        owner = self._get_responsible()
        own = self.with_context(lang=owner.lang or self.env.lang)
        return own.env["followup.complaint"].create(
            {
                "subject": own.env._("Dissatisfied in a survey"),
                "description": own._get_action_text(),
                "company_id": self.company_id.id,
                "customer_id": self.customer_id.id,
                "partner_id": self.partner_id.id or self.customer_id.partner_id.id,
                "channel": "survey",
                "picking_id": self.picking_id.id,
            }
        )
