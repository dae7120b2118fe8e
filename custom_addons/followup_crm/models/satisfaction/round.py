from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.satisfaction import recommendation
from .dimensions import CONTACT_ROLES

SERVER_ONLY = frozenset({"state", "started_on", "closed_on"})
# What decides who is asked: fixed once the round has begun.
CHOICE = frozenset(
    """survey_id company_id tier_ids country_ids sample_size seed
    contact_role""".split()
)
# A round is open for answers for so long, unless said otherwise.
USUAL_TIME = timedelta(days=30)


class SatisfactionRound(models.Model):
    """A round of a survey (调查批次): whom we ask, when, and what came (G2).

    Draft: who is asked is looked at. Running: mails go out, answers come in. Closed:
    every low score has been dealt with.
    """

    _name = "followup.satisfaction.round"
    _inherit = ["mail.thread", "followup.guarded.mixin"]
    _description = "Survey round"
    _order = "started_on desc, id desc"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('survey_type', '=', 'followup'),"
        " ('fcrm_kind', 'in', ('satisfaction', 'loyalty'))]",
        default=lambda self: self.env["survey.survey"]._fcrm_get_for("satisfaction"),
    )
    user_id = fields.Many2one(
        "res.users",
        string="Led by",
        required=True,
        default=lambda self: self.env.user,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    tier_ids = fields.Many2many(
        "followup.tier",
        string="Tiers",
        check_company=True,
        help="Empty: customers of all tiers.",
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Empty: customers of all countries."
    )
    sample_size = fields.Integer(
        string="Sample",
        help="So many of them are drawn; 0 asks all. The same sample is drawn again as"
        " long as its number is the same.",
    )
    seed = fields.Integer(
        string="Number of the sample",
        default=1,
        help="Another number draws another sample.",
    )
    contact_role = fields.Selection(
        CONTACT_ROLES, string="Who is asked", required=True, default="in_charge"
    )
    date_end = fields.Date(
        string="Answers until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + USUAL_TIME,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    started_on = fields.Date(string="Begun on", readonly=True, copy=False)
    closed_on = fields.Date(string="Closed on", readonly=True, copy=False)
    invitation_ids = fields.One2many(
        "followup.satisfaction.invitation", "round_id", string="Invitations"
    )
    response_ids = fields.One2many(
        "followup.satisfaction.response", "round_id", string="Answers"
    )
    chosen_count = fields.Integer(string="Chosen", compute="_compute_counts")
    left_out_count = fields.Integer(string="Not asked", compute="_compute_counts")
    sent_count = fields.Integer(string="Sent", compute="_compute_counts")
    answered_count = fields.Integer(string="Answered", compute="_compute_counts")
    response_rate = fields.Float(string="Response rate (%)", compute="_compute_counts")
    open_action_count = fields.Integer(
        string="Open actions", compute="_compute_open_action_count"
    )
    index = fields.Float(
        compute="_compute_result",
        digits=(5, 1),
        help="Mean of the customers' own figures, 0 to 100.",
    )
    nps = fields.Float(
        string="Recommendation (NPS)", compute="_compute_result", digits=(5, 1)
    )
    result_text = fields.Char(string="Result", compute="_compute_result")
    is_reliable = fields.Boolean(
        string="Enough answers",
        compute="_compute_result",
        help="With fewer answers than the company's limit, figures are a hint only.",
    )

    _sample_size_positive = models.Constraint(
        "CHECK (sample_size >= 0)", "The sample cannot be smaller than nobody."
    )

    # === COMPUTE === #

    @api.depends("invitation_ids.state")
    def _compute_counts(self):
        # Elevated: how many were asked and answered is told to all users.
        groups = (
            self.env["followup.satisfaction.invitation"]
            .sudo()
            ._read_group(
                [("round_id", "in", self.ids), ("source", "=", "online")],
                ["round_id", "state"],
                ["__count"],
            )
        )
        counts = {(one.id, state): count for one, state, count in groups}
        for one in self:
            answered = counts.get((one.id, "answered"), 0)
            sent = counts.get((one.id, "sent"), 0) + answered
            one.left_out_count = counts.get((one.id, "left_out"), 0)
            one.chosen_count = sent + sum(
                counts.get((one.id, state), 0)
                for state in ("proposed", "queued", "failed")
            )
            one.sent_count = sent
            one.answered_count = answered
            one.response_rate = 100 * answered / sent if sent else 0

    def _compute_open_action_count(self):
        # Elevated: a round cannot be closed with anybody's open action.
        groups = (
            self.env["followup.action"]
            .sudo()
            ._read_group(
                [("satisfaction_round_id", "in", self.ids), ("state", "=", "open")],
                ["satisfaction_round_id"],
                ["__count"],
            )
        )
        counts = {one.id: count for one, count in groups}
        for one in self:
            one.open_action_count = counts.get(one.id, 0)

    @api.depends("response_ids.index")
    @api.depends_context("lang")
    def _compute_result(self):
        # Elevated: the figures of a round as a whole are told to all users.
        rows = (
            self.env["followup.satisfaction.response"]
            .sudo()
            ._read_group(
                [("round_id", "in", self.ids), ("source", "=", "online")],
                ["round_id", "is_scored", "nps_group"],
                ["__count", "index:sum"],
            )
        )
        totals = {one.id: {"n": 0, "sum": 0.0} for one in self}
        for one, is_scored, group, count, total in rows:
            own = totals[one.id]
            if is_scored:
                own["n"] += count
                own["sum"] += total
            own[group] = own.get(group, 0) + count
        for one in self:
            one._set_result(totals.get(one.id) or {"n": 0, "sum": 0.0})

    def _set_result(self, own):
        found = recommendation(
            own.get("promoter", 0), own.get("passive", 0), own.get("detractor", 0)
        )
        least = self.company_id.sudo().fcrm_survey_least or 1  # a plain setting
        count = sum(own.get(name, 0) for name in ("promoter", "passive", "detractor"))
        self.index = own["sum"] / own["n"] if own["n"] else 0.0
        self.is_reliable = own["n"] >= least
        self.nps = found.score if found and count >= least else 0.0
        if not own["n"] and not found:
            self.result_text = ""
        elif found and count >= least:
            self.result_text = self.env._(
                "NPS %(score)+.0f (%(low)+.0f to %(high)+.0f, n = %(count)s)",
                score=found.score,
                low=found.low,
                high=found.high,
                count=count,
            )
        else:
            self.result_text = self.env._(
                "Only %(count)s answers: a hint, no measurement",
                count=max(count, own["n"]),
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        if CHOICE & vals.keys() and any(one.state != "draft" for one in self):
            raise UserError(
                self.env._("Who is asked what is fixed once the round has begun.")
            )
        result = super().write(vals)
        if CHOICE & vals.keys():
            # Elevated: what was chosen before the change is chosen anew.
            self.sudo().invitation_ids.unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(one.state != "draft" for one in self):
            raise UserError(
                self.env._("A round that has begun stays: its answers count.")
            )

    # === ACTIONS === #

    def action_choose(self):
        """Choose who is asked, and show who is left out and why."""
        self._check_step("draft")
        for one in self:
            one._choose()
        return self.action_open_invitations()

    def action_send(self):
        """Begin: those who are chosen get their mail, in batches."""
        self._check_step("draft")
        for one in self:
            if not one.sudo().invitation_ids:
                one._choose()
            # Elevated: after the check, as the choice itself.
            chosen = one.sudo().invitation_ids.filtered(
                lambda invitation: invitation.state == "proposed"
            )
            if not chosen:
                raise UserError(
                    self.env._("Nobody is chosen: look at who was left out, and why.")
                )
            if one.date_end < fields.Date.context_today(one):
                raise UserError(self.env._("The last day for answers is past."))
            chosen.write({"state": "queued", "due_date": fields.Datetime.now()})
        self._write_step(state="running", started_on=fields.Date.context_today(self))
        # Elevated: whoever may send need not wait for the next run.
        self.env.ref("followup_crm.satisfaction_cron_send").sudo()._trigger()

    def action_close(self):
        """End: no more answers; every low score has been dealt with (G6)."""
        self._check_step("running")
        for one in self:
            if one.open_action_count:
                raise UserError(
                    self.env._(
                        "%(round)s has %(count)s open actions for low scores: finish"
                        " them first.",
                        round=one.name,
                        count=one.open_action_count,
                    )
                )
        # Elevated: after the check; what was not sent yet is not sent any more.
        own = self.sudo()
        own.invitation_ids.filtered(lambda one: one.state == "queued").write(
            {"state": "cancelled", "reason": "closed"}
        )
        own.invitation_ids.input_id.filtered(lambda one: one.state != "done").write(
            {"deadline": fields.Datetime.now()}
        )
        self._write_step(state="closed", closed_on=fields.Date.context_today(self))

    def action_open_invitations(self):
        """Who is asked, and who is not and why."""
        self.ensure_one()
        return self._open(
            "followup.satisfaction.invitation", self.env._("Who is asked"), "list"
        )

    def action_open_responses(self):
        """The answers of this round, the worst first."""
        self.ensure_one()
        return self._open(
            "followup.satisfaction.response", self.env._("Answers"), "list,form,pivot"
        )

    def action_open_statistics(self):
        """The round by tier, country, owner and product category."""
        self.ensure_one()
        return self._open(
            "followup.satisfaction.statistic", self.env._("Statistics"), "list"
        )

    def action_open_actions(self):
        """What is done about the low scores."""
        self.ensure_one()
        action = self._open("followup.action", self.env._("Actions"), "list,form")
        return {**action, "domain": [("satisfaction_round_id", "=", self.id)]}

    def _open(self, model, title, modes):
        return {
            "type": "ir.actions.act_window",
            "name": f"{title}: {self.name}",
            "res_model": model,
            "view_mode": modes,
            "domain": [("round_id", "=", self.id)],
            "context": {"create": False},
        }

    # === BUSINESS === #

    def _check_step(self, state):
        self.check_access("write")
        if any(one.state != state for one in self):
            raise UserError(self.env._("This step does not come here."))

    def _write_step(self, **vals):
        """Write protected fields for whoever may write the round."""
        self.check_access("write")
        # Elevated: these fields are closed to direct writing.
        self.sudo().write(vals)

    def _get_deadline(self):
        """The end of the last day for answers, where the company is, in UTC."""
        self.ensure_one()
        zone = pytz.timezone(self.company_id.sudo().partner_id.tz or "UTC")  # no secret
        midnight = fields.Datetime.to_datetime(self.date_end + timedelta(days=1))
        return zone.localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    def _get_previous(self):
        """The round before each with the same questionnaire: round id → round."""
        rounds = self.search(
            [
                ("survey_id", "in", self.survey_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("started_on", "!=", False),
            ],
            order="started_on, id",
        )
        found = {}
        for own in rounds.grouped(lambda one: (one.survey_id, one.company_id)).values():
            for before, one in zip(own[:-1], own[1:], strict=True):
                found[one.id] = before
        return found
