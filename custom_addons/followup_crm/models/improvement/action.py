from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Effectiveness is checked within this time after an action was verified.
CHECK_AFTER = timedelta(days=60)
# An action without a date is due then.
USUAL_TIME = timedelta(days=14)

SERVER_ONLY = frozenset(
    """state done_date verified_by_id verified_date effect_date effect_checked_on
    effect_by_id reopen_count recurrence_ids""".split()
)


class Action(models.Model):
    """A corrective, preventive or improvement action (纠正/预防/改进措施), C12.

    Complaints, surveys and tracking exceptions all use this one model. It is open until
    done, verified by somebody, and found to be effective some weeks later; where it was
    not effective, or the same happens again, it opens again.
    """

    _name = "followup.action"
    _inherit = ["mail.thread", "mail.activity.mixin", "followup.guarded.mixin"]
    _description = "Improvement action"
    _order = "date_deadline, id"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    name = fields.Char(string="What is to be done", required=True, tracking=True)
    kind = fields.Selection(
        [
            ("corrective", "Corrective"),
            ("preventive", "Preventive"),
            ("improvement", "Improvement"),
        ],
        required=True,
        default="corrective",
        tracking=True,
    )
    origin = fields.Selection(
        [
            ("complaint", "Complaint"),
            ("survey", "Survey"),
            ("tracking", "Order tracking"),
            ("other", "Something else"),
        ],
        string="Comes from",
        required=True,
        default="other",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    complaint_id = fields.Many2one(
        "followup.complaint",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    customer_id = fields.Many2one(
        "followup.customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", check_company=True
    )
    cause_id = fields.Many2one(
        "followup.complaint.cause", index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Factory or supplier",
        index="btree_not_null",
        check_company=True,
        help="With whom the action is taken, if it is not ours alone.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    department = fields.Char(tracking=True)
    date_deadline = fields.Date(
        string="Due",
        required=True,
        tracking=True,
        default=lambda self: fields.Date.context_today(self) + USUAL_TIME,
    )
    root_cause = fields.Text(string="Root cause", tracking=True)
    description = fields.Text()
    result = fields.Text(string="What was done", tracking=True)
    done_date = fields.Date(string="Done on", readonly=True, tracking=True)
    verification = fields.Text(string="How it was verified", tracking=True)
    verified_by_id = fields.Many2one("res.users", string="Verified by", readonly=True)
    verified_date = fields.Date(string="Verified on", readonly=True, tracking=True)
    effect_date = fields.Date(string="Check its effect by", readonly=True)
    effect_note = fields.Text(string="What the check showed", tracking=True)
    effect_checked_on = fields.Date(string="Effect checked on", readonly=True)
    effect_by_id = fields.Many2one("res.users", string="Checked by", readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("done", "Done"),
            ("verified", "Verified"),
            ("effective", "Effective"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        tracking=True,
        index=True,
    )
    reopen_count = fields.Integer(string="Opened again", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late", string="Is late")

    @api.depends("state", "date_deadline", "effect_date")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for action in self:
            due = {"open": action.date_deadline, "verified": action.effect_date}
            date = due.get(action.state)
            action.is_late = bool(date and date < today)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Actions of a complaint take its customer, product and cause."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        vals_list = [self._prepare_create_vals(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        if not self.env.su:
            self._check_links(vals)
        return super().write(vals)

    def _check_links(self, vals):
        """Nobody hangs an action on a complaint or customer that he may not see."""
        for name in ("complaint_id", "customer_id"):
            if vals.get(name):
                comodel = self._fields[name].comodel_name
                self.env[comodel].browse(vals[name]).check_access("read")

    def _prepare_create_vals(self, vals):
        vals = dict(vals)
        for name in ("complaint_id", "customer_id"):
            default = self.env.context.get(f"default_{name}")
            if default:
                vals.setdefault(name, default)
        if not self.env.su:
            self._check_links(vals)
        # Elevated: access to the complaint was checked.
        complaint = (
            self.env["followup.complaint"].sudo().browse(vals.get("complaint_id") or [])
        )
        if not complaint:
            return vals
        vals.setdefault("origin", "complaint")
        vals.setdefault("company_id", complaint.company_id.id)
        for name, source in (
            ("customer_id", complaint.customer_id.id),
            ("product_id", complaint.product_id.id),
            ("cause_id", complaint.cause_id.id),
            ("partner_id", complaint.responsible_partner_id.id),
            ("root_cause", complaint.root_cause),
            ("department", complaint.responsible_department),
        ):
            vals.setdefault(name, source)
        if complaint.capa_deadline and complaint.capa_deadline > fields.Datetime.now():
            vals.setdefault("date_deadline", complaint.capa_deadline.date())
        return vals

    # === ACTIONS === #

    def action_done(self):
        """It is done: what was done is written down."""
        self._check_state("open")
        self._check_told("result", self.env._("Write down what was done first."))
        self._write_step(state="done", done_date=fields.Date.context_today(self))
        # Elevated: the complaint's clock follows the action whoever did it.
        self.sudo().complaint_id._actions_changed()

    def action_verify(self):
        """Somebody looked whether it was done, and how (verification)."""
        self._check_state("done")
        self._check_told(
            "verification", self.env._("Write down how it was verified first.")
        )
        today = fields.Date.context_today(self)
        self._write_step(
            state="verified",
            verified_by_id=self.env.uid,
            verified_date=today,
            effect_date=today + CHECK_AFTER,
        )

    def action_effective(self):
        """Some weeks later: it helped."""
        self._check_state("verified")
        self._check_effect_note()
        self._write_step(
            state="effective",
            effect_checked_on=fields.Date.context_today(self),
            effect_by_id=self.env.uid,
        )

    def action_ineffective(self):
        """Some weeks later: it did not help; it opens again."""
        self._check_state("verified")
        self._check_effect_note()
        self._write_step(
            effect_checked_on=fields.Date.context_today(self),
            effect_by_id=self.env.uid,
        )
        self._open_again(self.env._("It was not effective."))

    def action_cancel(self):
        """It is not needed any more."""
        self._check_state("open")
        self._write_step(state="cancelled")
        # Elevated: the complaint's clock follows the action.
        self.sudo().complaint_id._actions_changed()

    # === BUSINESS === #

    def _open_again(self, reason):
        """It was not enough: open again, with a new date."""
        self.check_access("write")
        date = fields.Date.context_today(self) + USUAL_TIME
        # Elevated: the state is closed to direct writing.
        for action in self.sudo():
            action.write(
                {
                    "state": "open",
                    "date_deadline": date,
                    "done_date": False,
                    "verified_date": False,
                    "verified_by_id": False,
                    "effect_date": False,
                    "reopen_count": action.reopen_count + 1,
                }
            )
            action.message_post(body=reason)
            action.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=reason,
                date_deadline=date,
                user_id=action.user_id.id,
            )

    def _check_state(self, state):
        if any(action.state != state for action in self):
            raise UserError(self.env._("This step does not come here."))

    def _check_told(self, name, message):
        if any(not action[name] for action in self):
            raise UserError(message)

    def _check_effect_note(self):
        self._check_told(
            "effect_note", self.env._("Write down what the check showed first.")
        )

    def _write_step(self, **vals):
        """Write protected fields for whoever may write the action."""
        self.check_access("write")
        # Elevated: these fields are closed to direct writing.
        self.sudo().write(vals)
