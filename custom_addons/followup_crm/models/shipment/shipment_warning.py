from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...const import LC_EXPIRY_DAYS, LC_PRESENTATION_DAYS, LC_SHIPMENT_DAYS
from .shipment import OPEN_STATES

NOT_LEFT = ("planned", "booked")


class Warned(NamedTuple):
    """Something to act on: its kind, the date it hangs on, late or soon, a sentence."""

    kind: str
    day: object
    is_late: bool
    text: str

    @property
    def key(self):
        """What tells one event from the next: a new date is a new event."""
        return f"{self.kind}:{self.day}:{'late' if self.is_late else 'soon'}"


class Shipment(models.Model):
    """What is late, or becomes late unless somebody acts (K1, K2)."""

    _inherit = "followup.shipment"

    warning = fields.Text(compute="_compute_warning", string="What to act on")
    first_warning = fields.Char(
        compute="_compute_warning",
        string="Most pressing",
        help="The first of what there is to act on; the form shows all of it.",
    )
    warning_level = fields.Selection(
        [("none", "On track"), ("soon", "At risk"), ("late", "Late")],
        string="Risk",
        compute="_compute_warning",
        search="_search_warning_level",
    )
    days_late = fields.Integer(
        string="Days late",
        compute="_compute_days_late",
        help="Against the arrival that was told first.",
    )

    @api.depends(
        "state",
        "etd",
        "atd",
        "eta",
        "lc_number",
        "lc_latest_shipment",
        "lc_presentation_date",
        "lc_expiry",
        "lc_presented_on",
        "document_ids.state",
        "document_ids.date_due",
    )
    @api.depends_context("lang", "tz")
    def _compute_warning(self):
        for shipment in self:
            found = shipment._get_warnings()
            shipment.warning = "\n".join(warned.text for warned in found)
            shipment.first_warning = found[0].text if found else False
            late = any(warned.is_late for warned in found)
            shipment.warning_level = "late" if late else "soon" if found else "none"

    @api.model
    def _search_warning_level(self, operator, value):
        if operator != "in":
            return NotImplemented
        levels = set(value)
        found = self.search(self._get_warning_domain())
        matching = found.filtered(lambda shipment: shipment.warning_level in levels)
        if "none" not in levels:
            return Domain("id", "in", matching.ids)
        return ~Domain("id", "in", (found - matching).ids)

    @api.depends("state", "eta", "ata", "eta_first")
    def _compute_days_late(self):
        today = fields.Date.context_today(self)
        for shipment in self:
            reached = shipment.ata or shipment.eta
            if shipment.state == "under_way" and reached:
                reached = max(reached, today)
            first = shipment.eta_first
            late = (reached - first).days if reached and first else 0
            shipment.days_late = max(late, 0) if shipment.state != "cancelled" else 0

    # === BUSINESS === #

    @api.model
    def _get_warning_domain(self):
        """Shipments that may have something to act on: a superset by dates."""
        today = fields.Date.context_today(self)
        credit = Domain("lc_number", "!=", False) & Domain(
            "lc_presented_on", "=", False
        )
        present = today + timedelta(days=LC_PRESENTATION_DAYS)
        expiry = today + timedelta(days=LC_EXPIRY_DAYS)
        not_left = Domain("state", "in", NOT_LEFT)
        return (
            (not_left & Domain("etd", "<", today))
            | (Domain("state", "=", "under_way") & Domain("eta", "<", today))
            | (credit & not_left & Domain("lc_latest_shipment", "!=", False))
            | (
                credit
                & Domain("state", "!=", "cancelled")
                & (
                    Domain("lc_presentation_date", "<=", present)
                    | Domain("lc_expiry", "<=", expiry)
                )
            )
            | (
                Domain("state", "in", OPEN_STATES)
                & Domain(
                    "document_ids",
                    "any",
                    [("state", "=", "wanted"), ("date_due", "<", today)],
                )
            )
        )

    def _get_warnings(self):
        """What has to be acted on, the late first.

        :return: list of ``Warned``
        """
        self.ensure_one()
        if self.state == "cancelled":
            return []
        today = fields.Date.context_today(self)
        found = [
            *self._get_transport_warnings(today),
            *self._get_credit_warnings(today),
            *self._get_document_warnings(today),
        ]
        return sorted(found, key=lambda warned: (not warned.is_late, warned.day))

    def _get_transport_warnings(self, today):
        if self.state in NOT_LEFT and self.etd and self.etd < today:
            text = self.env._(
                "Should have left on %(date)s: enter the departure or a new ETD.",
                date=format_date(self.env, self.etd),
            )
            yield Warned("departure", self.etd, True, text)
        if self.state == "under_way" and self.eta and self.eta < today:
            text = self.env._(
                "Should have arrived on %(date)s: enter the arrival or a new ETA, and"
                " tell the customer.",
                date=format_date(self.env, self.eta),
            )
            yield Warned("arrival", self.eta, True, text)

    def _get_credit_warnings(self, today):
        """Dates of the letter of credit; after presentation they do not matter."""
        if not self.lc_number or self.lc_presented_on:
            return
        latest = self.lc_latest_shipment
        if latest and self.state in NOT_LEFT:
            yield from self._get_latest_shipment_warnings(latest, today)
        elif latest and self.atd and self.atd > latest:
            text = self.env._(
                "Left after the latest shipment of the letter of credit (%(date)s):"
                " ask for an amendment before the documents are presented.",
                date=format_date(self.env, latest),
            )
            yield Warned("lc_shipped_late", latest, True, text)
        until = self.lc_presentation_date
        soon = today + timedelta(days=LC_PRESENTATION_DAYS)
        if until and until <= soon and self.state not in NOT_LEFT:
            text = self.env._(
                "The documents must be at the bank until %(date)s.",
                date=format_date(self.env, until),
            )
            yield Warned("lc_presentation", until, until < today, text)
        expiry = self.lc_expiry
        soon = today + timedelta(days=LC_EXPIRY_DAYS)
        if expiry and expiry <= soon and expiry != until:
            text = self.env._(
                "The letter of credit expires on %(date)s.",
                date=format_date(self.env, expiry),
            )
            yield Warned("lc_expiry", expiry, expiry < today, text)

    def _get_latest_shipment_warnings(self, latest, today):
        if (self.etd and self.etd > latest) or latest < today:
            text = self.env._(
                "Leaves after the latest shipment of the letter of credit (%(date)s):"
                " book an earlier departure, or ask for an amendment.",
                date=format_date(self.env, latest),
            )
            yield Warned("lc_shipment", latest, True, text)
        elif latest <= today + timedelta(days=LC_SHIPMENT_DAYS):
            text = self.env._(
                "The letter of credit wants the goods shipped until %(date)s.",
                date=format_date(self.env, latest),
            )
            yield Warned("lc_shipment", latest, False, text)

    def _get_document_warnings(self, today):
        if self.state not in OPEN_STATES:
            return
        overdue = self.document_ids.filtered(
            lambda document: (
                document.state == "wanted"
                and document.date_due
                and document.date_due < today
            )
        )
        if overdue:
            day = min(overdue.mapped("date_due"))
            text = self.env._(
                "Documents are missing since %(date)s: %(documents)s",
                date=format_date(self.env, day),
                documents=", ".join(overdue.type_id.mapped("name")),
            )
            yield Warned("documents", day, True, text)
