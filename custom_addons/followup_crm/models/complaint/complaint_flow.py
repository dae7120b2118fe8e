from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .states import OUTCOMES, TRANSITIONS

# What must be there before a verb: verb → methods that yield what is missing.
GUARDS = {
    "investigate": ("_missing_judgement",),
    "direct": ("_missing_findings", "_missing_instruction"),
    "propose": (
        "_missing_direction",
        "_missing_proposal",
        "_missing_approval",
        "_missing_concession",
    ),
    "remedy": ("_missing_agreement",),
    "refuse": ("_missing_refusal",),
    "tell": ("_missing_result",),
    "settle": ("_missing_minor", "_missing_approval"),
    "close": (
        "_missing_approval",
        "_missing_settlement",
        "_missing_telling",
        "_missing_capa",
    ),
}
# After a reminder and a call, the customer has this long before "no reply" (C7).
LAST_WAIT = timedelta(days=7)
# The handler is reminded when the customer has been silent for this long.
SILENCE = timedelta(days=5)
ANSWER = "followup_crm.mail_activity_type_complaint_answer"


class Complaint(models.Model):
    """The way of a complaint through its states; each step says what it lacks."""

    _inherit = "followup.complaint"

    proposal_ids = fields.One2many(
        "followup.complaint.proposal", "complaint_id", string="Proposals"
    )
    agreed_date = fields.Datetime(string="Agreed on", readonly=True)
    remedied_date = fields.Datetime(string="Remedied on", readonly=True)
    result_text = fields.Text(
        string="Result for the customer",
        tracking=True,
        help="What the customer is told: what we found, what we do, what changes.",
    )
    told_date = fields.Datetime(string="Told on", readonly=True, tracking=True)
    outcome = fields.Selection(OUTCOMES, readonly=True, tracking=True)
    reminder_date = fields.Datetime(string="Reminded on", readonly=True, tracking=True)
    call_date = fields.Datetime(
        string="Called about the proposal on", readonly=True, tracking=True
    )
    reopen_count = fields.Integer(string="Reopened", readonly=True)
    missing_text = fields.Text(
        string="Before it can be closed", compute="_compute_missing_text"
    )

    @api.depends(
        "state", "told_date", "result_text", "proposal_ids.state", "capa_decision",
        "reminder_date", "call_date", "approval_ids.state",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for complaint in self:
            lines = complaint._get_missing("close") if complaint.is_open else []
            complaint.missing_text = "\n".join(lines)

    # === ACTIONS === #

    def action_acknowledge(self):
        """We have it: the customer gets the number, and the first clock stops."""
        self._move("acknowledge", acknowledged_date=fields.Datetime.now())
        self._mail_customer("followup_crm.mail_template_complaint_acknowledged")

    def action_contain(self):
        """The damage does not grow any more: the second clock stops."""
        self.check_access("write")
        for complaint in self:
            if not complaint.containment:
                raise UserError(
                    self.env._("Write down first how the damage was contained.")
                )
        self._write_step(contained_date=fields.Datetime.now())

    def action_investigate(self):
        """It is judged; now find out what happened and who is responsible."""
        self._move("investigate")

    def action_direct(self):
        """The manager gives the direction (C5); managers only."""
        self._check_manager()
        self._move(
            "direct",
            directed_by_id=self.env.uid,
            directed_date=fields.Datetime.now(),
        )

    def action_propose(self):
        """Send the drafted proposals to the customer, all at once (C6)."""
        self.check_access("write")
        for complaint in self:
            first = complaint.proposed_date or fields.Datetime.now()
            complaint._move(
                "propose", proposed_date=first, reminder_date=False, call_date=False
            )
            complaint.proposal_ids._offer()
            complaint._expect_answer()
        self._mail_customer("followup_crm.mail_template_complaint_proposed")

    def action_remind(self):
        """Remind the customer of the proposals that wait for an answer (C7)."""
        self._check_state(("proposed",))
        self._write_step(reminder_date=fields.Datetime.now())
        self._expect_answer()
        self._mail_customer("followup_crm.mail_template_complaint_reminder")

    def action_log_call(self):
        """The customer was called about the proposals and gave no answer (C7)."""
        self._check_state(("proposed",))
        for complaint in self:
            if not complaint.reminder_date:
                raise UserError(
                    self.env._("Send the reminder first, and call some days later.")
                )
        self._write_step(call_date=fields.Datetime.now())

    def action_remedy(self):
        """What was agreed is done or delivered."""
        self._move("remedy", remedied_date=fields.Datetime.now())

    def action_tell(self):
        """Tell the customer the result; without it nothing is closed (C7)."""
        self._check_step("tell")
        self._write_step(told_date=fields.Datetime.now())
        self._mail_customer("followup_crm.mail_template_complaint_result")

    def action_close(self):
        """Close: the customer knows the result, and it is decided what we change."""
        for complaint in self:
            now = fields.Datetime.now()
            complaint._move(
                "close",
                outcome=complaint._get_outcome(),
                closed_date=now,
                first_closed_date=complaint.first_closed_date or now,
                is_paused=False,
            )
            complaint._plan_revisit()

    def _refuse(self, reason):
        """The refusal is approved: say no, with the reason."""
        self._move("refuse", refusal_reason=reason)

    def _reopen(self, reason):
        """The customer is not satisfied: it starts again, and clocks run anew."""
        for complaint in self:
            complaint._move(
                "reopen",
                reopened_date=fields.Datetime.now(),
                reopen_count=complaint.reopen_count + 1,
                outcome=False,
                contained_date=complaint.contained_date or fields.Datetime.now(),
                **dict.fromkeys(
                    (
                        "proposed_date",
                        "agreed_date",
                        "remedied_date",
                        "told_date",
                        "closed_date",
                        "capa_date",
                        "capa_decision",
                        "reminder_date",
                        "call_date",
                    ),
                    False,
                ),
            )
            complaint.message_post(
                body=self.env._("Reopened: %(reason)s", reason=reason)
            )
        self._replan_clocks()

    def _expect_answer(self):
        """Remind the handler when the customer stays silent: write, then call."""
        self.activity_unlink([ANSWER])
        for complaint in self.filtered("user_id"):
            complaint.activity_schedule(
                ANSWER,
                date_deadline=fields.Date.context_today(complaint) + SILENCE,
                user_id=complaint.user_id.id,
            )

    # === GUARDS === #

    def _get_missing(self, verb):
        """What is missing before a step, as sentences; empty where it may be taken."""
        self.ensure_one()
        missing = []
        for name in GUARDS.get(verb, ()):
            missing += getattr(self, name)()
        return missing

    def _missing_judgement(self):
        if not self.is_judged:
            yield self.env._("Judge it: category and severity.")

    def _missing_findings(self):
        if not self.findings or not self.cause_id:
            yield self.env._("Write down what was found, and choose the cause.")
        if not self.responsible_kind:
            yield self.env._("Say who is responsible.")

    def _missing_instruction(self):
        if not self.instruction:
            yield self.env._("Write the instruction: what is to be done, and how far.")

    def _missing_direction(self):
        if not self.is_judged:
            yield self.env._("Judge it: category and severity.")
        elif self.severity != "minor" and not self.directed_date:
            yield self.env._("A manager gives the direction first.")

    def _missing_proposal(self):
        if not self.proposal_ids.filtered(lambda p: p.state == "draft"):
            yield self.env._("Write at least one proposal.")

    def _missing_approval(self):
        waiting = self.approval_ids.filtered(lambda one: one.state == "waiting")
        if waiting:
            yield self.env._("A manager decides on what was asked for.")

    def _missing_agreement(self):
        if not self._get_agreed_proposal():
            yield self.env._("The customer agrees to a proposal.")

    def _missing_refusal(self):
        approved = self.approval_ids.filtered(
            lambda one: one.kind == "refusal" and one.state == "approved"
        )
        if not approved:
            yield self.env._("A manager approves the refusal.")

    def _missing_result(self):
        if not self.result_text:
            yield self.env._("Write the result in words for the customer.")
        if self.state not in ("agreed", "remedied", "refused", "proposed"):
            yield self.env._("There is no result yet.")

    def _missing_minor(self):
        if self.severity != "minor":
            yield self.env._("Only minor complaints are settled at once.")

    def _missing_settlement(self):
        """An agreement that is kept, an approved refusal, or silence after all."""
        if self.state == "proposed":
            if not self.reminder_date:
                yield self.env._("Remind the customer of the proposal.")
            elif not self.call_date:
                yield self.env._("Call the customer about the proposal.")
            elif self.call_date + LAST_WAIT > fields.Datetime.now():
                until = fields.Datetime.context_timestamp(
                    self, self.call_date + LAST_WAIT
                )
                yield self.env._(
                    "Wait for an answer until %(date)s.", date=until.date()
                )
        elif self.state not in ("remedied", "refused"):
            yield self.env._("Agree with the customer, and do what was agreed.")

    def _missing_telling(self):
        if not self.told_date:
            yield self.env._("Tell the customer the result.")

    def _missing_capa(self):
        if not self.capa_decision:
            yield self.env._("Decide whether something is to be corrected for good.")
        elif self.capa_decision == "needed" and not (
            self.action_ids | self.recurring_action_ids
        ):
            yield self.env._("Write down the corrective action that was decided.")

    # === BUSINESS === #

    def _check_step(self, verb):
        """Raise with all that is missing before a step."""
        self.check_access("write")
        for complaint in self:
            missing = complaint._get_missing(verb)
            if missing:
                raise UserError(
                    self.env._(
                        "%(complaint)s is not ready for this step:\n%(missing)s",
                        complaint=complaint.display_name,
                        missing="\n".join(f"– {line}" for line in missing),
                    )
                )

    def _check_state(self, states):
        self.check_access("write")
        for complaint in self:
            if complaint.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(complaint)s is in status “%(state)s”: this step does not"
                        " come here.",
                        complaint=complaint.display_name,
                        state=label[complaint.state],
                    )
                )

    def _move(self, verb, **vals):
        """Take a step of the state machine, after its guards; the only writer."""
        sources, target = TRANSITIONS[verb]
        self._check_state(sources)
        self._check_step(verb)
        self._write_step(state=target, **vals)

    def _write_step(self, **vals):
        """Write protected fields for whoever may write the complaint."""
        self.check_access("write")
        # Elevated: these fields are closed to direct writing.
        self.sudo().write(vals)

    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(
            "followup_crm.group_manager"
        ):
            raise AccessError(
                self.env._("Only a manager of Follow-up CRM may decide this.")
            )

    def _get_agreed_proposal(self):
        """The proposal to which the customer agreed since it was (re)opened."""
        return self.proposal_ids.filtered(
            lambda p: p.state == "agreed" and p.round == self.reopen_count
        )[:1]

    def _get_outcome(self):
        return {"remedied": "agreed", "refused": "refused"}.get(self.state, "no_reply")

    def _proposal_answered(self, proposal):
        """The customer answered; an agreement withdraws the other offers."""
        self.ensure_one()
        self._resume()
        answer = dict(proposal._fields["state"]._description_selection(self.env))
        self.message_post(
            body=self.env._(
                "%(who)s on “%(proposal)s”: %(answer)s",
                who=proposal.answered_by,
                proposal=proposal.name,
                answer=answer[proposal.state],
            )
        )
        self.activity_unlink([ANSWER])
        if proposal.state == "agreed":
            others = self.proposal_ids - proposal
            others.filtered(lambda p: p.state in ("draft", "offered")).write(
                {"state": "withdrawn"}
            )
            self._move("agree", agreed_date=fields.Datetime.now())
        if self.user_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The customer answered the proposal"),
                user_id=self.user_id.id,
            )
