from odoo import api, fields, models

from ..customer.person_date import DATE_KINDS
from .interaction import KINDS, MEETING_METHODS, OPEN_STATES

UPCOMING_DAYS = 30
PROCEDURE = [
    ("look_up", "Look up"),
    ("choose", "Choose"),
    ("plan", "Plan"),
    ("appoint", "Appoint"),
    ("prepare", "Prepare"),
    ("carry_out", "Carry out"),
    ("report", "Report"),
    ("review", "Review"),
    ("archive", "Archive"),
]


class Interaction(models.Model):
    """What a contact is about, and what to know before it: all at hand."""

    _inherit = "followup.interaction"

    procedure_step = fields.Selection(
        PROCEDURE,
        compute="_compute_procedure_step",
        string="Next in the procedure",
        help="Look up, choose, plan, appoint, prepare, carry out, report, review,"
        " archive: what comes next for this contact.",
    )
    upcoming_dates = fields.Text(
        compute="_compute_upcoming_dates",
        string="Important dates",
        help="Birthdays and other days of people of this customer within a month; shown"
        " to the account team only.",
    )
    country_note_id = fields.Many2one(
        related="customer_id.country_note_id", string="Country note"
    )
    country_business_habits = fields.Text(
        related="customer_id.country_business_habits",
        string="Business habits",
    )
    country_holidays = fields.Text(
        related="customer_id.country_holidays", string="Holidays"
    )
    country_gifts = fields.Text(related="customer_id.country_gifts", string="Gifts")
    country_taboos = fields.Text(related="customer_id.country_taboos", string="Taboos")
    last_interaction_ids = fields.Many2many(
        "followup.interaction",
        compute="_compute_last_interaction_ids",
        string="Last contacts",
    )

    @api.depends("state", "method", "start", "date", "content", "review_state")
    @api.depends("check_ids")
    def _compute_procedure_step(self):
        today = fields.Date.context_today(self)
        for contact in self:
            contact.procedure_step = contact._get_procedure_step(today)

    def _get_procedure_step(self, today):
        self.ensure_one()
        if self.state == "done":
            return self._get_report_step()
        if self.state not in OPEN_STATES or not self.customer_id:
            return "choose"
        if not self.date:
            return "plan"
        if self.method in MEETING_METHODS and self.state != "confirmed":
            return "appoint"
        if self.date > today or not self.check_ids:
            return "prepare"
        return "carry_out"

    def _get_report_step(self):
        if not (self.content or "").strip() or self.review_state == "returned":
            return "report"
        return "review" if self.review_state == "waiting" else "archive"

    @api.depends("customer_id")
    @api.depends_context("uid")
    def _compute_upcoming_dates(self):
        rows = self.env["followup.person"]._get_upcoming_dates(
            UPCOMING_DAYS, self.customer_id._origin
        )
        labels = {"birthday": self.env._("Birthday")} | {
            key: self.env["followup.person.date"]
            ._fields["kind"]
            .convert_to_export(key, self.env["followup.person.date"])
            for key, _label in DATE_KINDS
        }
        people = self.env["res.partner"].browse({row["contact_id"] for row in rows})
        names = {person.id: person.name for person in people}
        lines = {}
        for row in rows:
            lines.setdefault(row["customer_id"], []).append(
                f"{self._format_day(row['date'], 'MMMd')}"
                f"  {names[row['contact_id']]}: {labels[row['kind']]}"
            )
        for contact in self:
            known = lines.get(contact.customer_id._origin.id)
            contact.upcoming_dates = "\n".join(known) if known else False

    @api.depends("customer_id")
    def _compute_last_interaction_ids(self):
        for contact in self:
            contact.last_interaction_ids = self.search(
                [
                    ("customer_id", "=", contact.customer_id._origin.id),
                    ("state", "=", "done"),
                    ("id", "!=", contact._origin.id or 0),
                ],
                limit=5,
            )

    # === CRUD === #

    @api.model
    def default_get(self, fields):
        """Propose a purpose for the customer that the form is opened for."""
        values = super().default_get(fields)
        if "purpose" in fields and not values.get("purpose"):
            customer = self.env["followup.customer"].browse(
                values.get("customer_id") or self.env.context.get("default_customer_id")
            )
            purpose = self._get_proposed_purpose(customer, values.get("kind"))
            values["purpose"] = purpose
        return values

    @api.onchange("customer_id", "kind")
    def _onchange_purpose(self):
        """Propose a purpose as long as nobody has written one."""
        if self.customer_id and (
            not self.purpose or self.purpose in self._get_stock_purposes()
        ):
            self.purpose = self._get_proposed_purpose(self.customer_id, self.kind)

    # === BUSINESS === #

    def _get_stock_purposes(self):
        """Purposes that a proposal may replace by a better one."""
        kinds = dict(KINDS)
        return {self._get_kind_purpose(kind) for kind in kinds}

    @api.model
    def _get_kind_purpose(self, kind):
        return {
            "after_deal": self.env._("Ask how the order went"),
            "holiday": self.env._("Send holiday greetings"),
            "birthday": self.env._("Congratulate"),
            "revisit": self.env._("Ask whether the complaint is settled"),
            "collection": self.env._("Ask for the payment"),
        }.get(kind, self.env._("Keep in touch"))

    @api.model
    def _get_proposed_purpose(self, customer, kind=None):
        """What a contact with this customer would be about, by what is open.

        :param customer: ``followup.customer``, may be empty
        :param kind: key of ``KINDS``; the special ones have their own purpose
        """
        stock = self._get_kind_purpose(kind)
        if not customer or kind not in (None, False, "periodic", "other"):
            return stock
        if not customer._origin.has_access("read"):
            return stock
        issues = self.new({"customer_id": customer.id})._get_open_issues()
        found = sorted(
            (sequence, text)
            for what, sequence, text in issues[customer._origin.id].values()
            if what not in ("own", "last")
        )
        return found[0][1] if found else stock
