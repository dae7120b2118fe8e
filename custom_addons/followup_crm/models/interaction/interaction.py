import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...const import CONTACT_METHODS

STATES = [
    ("planned", "Planned"),
    ("confirmed", "Confirmed"),
    ("done", "Done"),
    ("missed", "Missed"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("planned", "confirmed")
KINDS = [
    ("periodic", "Periodic"),
    ("after_deal", "After a deal"),
    ("holiday", "Holiday"),
    ("birthday", "Birthday or anniversary"),
    ("revisit", "Complaint revisit"),
    ("collection", "Collection"),
    ("other", "As needed"),
]
REVIEW_STATES = [
    ("none", "No review"),
    ("waiting", "Waiting for review"),
    ("returned", "Returned"),
    ("reviewed", "Reviewed"),
]
# Methods that are an appointment of both sides.
MEETING_METHODS = ("visit", "online", "customer_visit")

# Fields that only named methods set; ``create`` and ``write`` refuse them from outside.
SERVER_ONLY = frozenset(
    {
        "company_id",
        "state",
        "done_date",
        "event_id",
        "activity_id",
        "previous_id",
        "opportunity_id",
        "source_key",
        "is_personal",
        "review_state",
        "reviewer_id",
        "review_comment",
        "review_date",
        "greeted_on",
    }
)
# What was reported stays as it was reviewed.
REPORT_FIELDS = frozenset(
    "customer_id user_id date start duration method kind purpose contact_ids content"
    " result next_step next_date".split()
)


class Interaction(models.Model):
    """A contact (联络记录): planned, confirmed, done, missed, cancelled.

    With a time it stands in Odoo's calendar, when due in Odoo's activities. Subject,
    people and outcome belong to the contact and go to the meeting; the time belongs to
    the meeting once there is one and comes back from it.
    """

    _name = "followup.interaction"
    _inherit = [
        "followup.customer.detail.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "followup.guarded.mixin",
    ]
    _description = "Contact with a customer"
    _rec_name = "purpose"
    _order = "date desc, id desc"
    _server_only = SERVER_ONLY

    purpose = fields.Char(
        required=True,
        tracking=True,
        help="Why we get in touch: what shall be different afterwards.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        index=True,
        tracking=True,
    )
    method = fields.Selection(CONTACT_METHODS, required=True, default="phone")
    kind = fields.Selection(KINDS, required=True, default="other")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        tracking=True,
    )
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    start = fields.Datetime(
        string="Time",
        copy=False,
        help="With a time, the contact stands in your calendar.",
    )
    duration = fields.Float(string="Duration (hours)", default=0.5)
    done_date = fields.Date(readonly=True, copy=False, string="Done on")
    contact_ids = fields.Many2many(
        "res.partner",
        "followup_interaction_contact_rel",
        "interaction_id",
        "partner_id",
        string="People met",
        help="People of the customer who take part.",
    )
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    content = fields.Text(
        copy=False, string="What was said", help="What was talked about."
    )
    result = fields.Text(copy=False, help="What came of it.")
    next_step = fields.Char(
        string="Next step",
        copy=False,
        help="What we promised, or do next: becomes the purpose of the next contact.",
    )
    next_date = fields.Date(copy=False, string="Next contact on")
    previous_id = fields.Many2one(
        "followup.interaction",
        string="Follows from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The contact whose next step this is.",
    )
    event_id = fields.Many2one(
        "calendar.event",
        string="Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    activity_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    source_key = fields.Char(
        readonly=True,
        copy=False,
        string="Proposed because of",
        help="What a contact was proposed for; nothing is proposed twice.",
    )
    is_personal = fields.Boolean(
        readonly=True,
        string="For the account team only",
        help="It tells a personal date: nobody but the account team sees it.",
    )
    is_late = fields.Boolean(
        compute="_compute_is_late", search="_search_is_late", string="Is late"
    )

    # Query: the timeline of one file, and what is open for it.
    _customer_date = models.Index("(customer_id, date DESC)")
    # Query: what is due for a user, and what the nightly jobs look through.
    _open_user_date = models.Index(
        "(user_id, date) WHERE state IN ('planned', 'confirmed')"
    )
    # Query: contacts that were done since the last roll-up.
    _write_date_index = models.Index("(write_date)")
    _source_unique = models.UniqueIndex(
        "(customer_id, source_key) WHERE source_key IS NOT NULL"
    )
    _duration_positive = models.Constraint(
        "CHECK (duration >= 0)", "A contact cannot last less than no time."
    )

    @api.depends("state", "date", "user_id")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for contact in self:
            contact.is_late = bool(
                contact.state in OPEN_STATES and contact.date and contact.date < today
            )

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = [
            ("state", "in", OPEN_STATES),
            ("date", "<", fields.Date.context_today(self)),
        ]
        if set(value) == {True}:
            return late
        return NotImplemented

    # === CONSTRAINTS === #

    @api.constrains("contact_ids", "customer_id")
    def _check_contacts(self):
        for contact in self:
            company = contact.customer_id.partner_id
            # Elevated: which company a person belongs to is told by the person's file.
            foreign = contact.sudo().contact_ids.filtered(
                lambda p, company=company: p.commercial_partner_id != company
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "%(people)s do not belong to %(customer)s: choose people of"
                        " this customer.",
                        people=", ".join(foreign.mapped("name")),
                        customer=company.display_name,
                    )
                )

    @api.onchange("start")
    def _onchange_start(self):
        if self.start:
            self.date = self._get_local_date(self.start, self.user_id)

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        company = self.customer_id.partner_id
        self.contact_ids = self.contact_ids.filtered(
            lambda person: person.commercial_partner_id == company
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Make contacts; those with a time are put into the calendar."""
        self.check_access("create")
        self._refuse_server_only({name for vals in vals_list for name in vals})
        contacts = super().create([self._with_date(vals) for vals in vals_list])
        contacts._put_into_calendar()
        contacts._note_next_contact()
        return contacts

    def write(self, vals):
        """Change contacts; what concerns meeting and activity is passed on."""
        self._refuse_server_only(vals)
        self._refuse_reviewed(vals)
        if "start" in vals or ("date" in vals and any(c.start for c in self)):
            for contact in self:
                super(Interaction, contact).write(contact._with_time(vals))
        else:
            super().write(vals)
        self._pass_on(vals)
        if {"state", "date", "customer_id", "start"} & set(vals):
            self._note_next_contact()
        return True

    def _with_time(self, vals):
        """Values for one contact: its day is that of its time, and the other way."""
        vals = dict(vals)
        if vals.get("start"):
            user = self.env["res.users"].browse(vals.get("user_id")) or self.user_id
            start = fields.Datetime.to_datetime(vals["start"])
            vals["date"] = self._get_local_date(start, user)
        elif "start" not in vals and self.start:
            day = fields.Date.to_date(vals["date"])
            vals["start"] = self.start + (
                day - self._get_local_date(self.start, self.user_id)
            )
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        """What was done stays on record; only a file's own removal takes it along."""
        if any(contact.state == "done" for contact in self) and not self.env.su:
            raise AccessError(
                self.env._("A contact that took place is not deleted: correct it.")
            )

    def unlink(self):
        """Delete contacts together with their meetings and activities."""
        self._drop_companions()
        customers = self.customer_id
        result = super().unlink()
        if customers:
            customers._refresh_next_contact()
        return result

    # === BUSINESS === #

    def _with_date(self, vals):
        """Values of a new contact: its day is that of its time, where it has one."""
        if not vals.get("start"):
            return vals
        user = self.env["res.users"].browse(vals.get("user_id") or self.env.uid)
        start = fields.Datetime.to_datetime(vals["start"])
        return {**vals, "date": self._get_local_date(start, user)}

    @api.model
    def _get_local_date(self, moment, user):
        """The day of a moment (UTC) where the user is."""
        # Elevated: in which time zone somebody works is no secret.
        zone = pytz.timezone(user.sudo().tz or "UTC")
        return pytz.utc.localize(moment).astimezone(zone).date()

    def _note_next_contact(self):
        if self.customer_id:
            self.customer_id._refresh_next_contact()
