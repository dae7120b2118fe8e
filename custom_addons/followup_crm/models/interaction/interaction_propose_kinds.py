from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .interaction_propose import Proposal

# After a deal: so many days after the delivery; deliveries of so many days are seen.
AFTER_DEAL_DAYS = 7
DEAL_WINDOW_DAYS = 21
# Collection: so many days past due; and again after so many days.
GRACE_DAYS = 3
AGAIN_DAYS = 30
GREETED_MONTHS = 24
BIRTHDAY_DAYS = 14
GREETED_KINDS = ("birthday", "anniversary", "name_day")


class Interaction(models.Model):
    """What is proposed, kind by kind: each reads all customers with one query."""

    _inherit = "followup.interaction"

    def _collect_after_deal(self, company, today):
        """A week after an order was delivered: how did it go?

        Of several orders the latest one; none where such a contact is open already.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (f.id) f.id, f.user_id, f.lang, o.id, o.name,
                       o.effective_date::date
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN (%(files)s) f ON f.partner_id = p.commercial_partner_id
                 WHERE o.company_id = %(company)s AND o.state = 'sale'
                   AND o.delivery_status = 'full'
                   AND o.effective_date >= %(since)s
                   AND NOT EXISTS (SELECT FROM followup_interaction i
                                    WHERE i.customer_id = f.id
                                      AND i.kind = 'after_deal'
                                      AND i.state IN ('planned', 'confirmed'))
                 ORDER BY f.id, o.effective_date DESC, o.id DESC
                """,
                files=self._get_owned_files(company),
                company=company.id,
                since=today - timedelta(days=DEAL_WINDOW_DAYS),
            )
        )
        return [
            Proposal(
                customer_id,
                user_id,
                "after_deal",
                "phone",
                day + timedelta(days=AFTER_DEAL_DAYS),
                f"deal:{order_id}",
                self.with_context(lang=lang).env._(
                    "Ask how order %(order)s went", order=name
                ),
            )
            for customer_id, user_id, lang, order_id, name, day in rows
        ]

    def _overdue_select(self, company, today, grace=0):
        """SQL: commercial_partner_id, id, name, days of overdue invoices."""
        return SQL(
            """
            SELECT m.commercial_partner_id, m.id, m.name,
                   %(today)s::date - m.invoice_date_due AS days
              FROM account_move m
             WHERE m.company_id = %(company)s AND m.state = 'posted'
               AND m.move_type = 'out_invoice'
               AND m.payment_state IN ('not_paid', 'partial')
               AND m.invoice_date_due < %(today)s::date - %(grace)s::int
            """,
            today=today,
            company=company.id,
            grace=grace,
        )

    def _collect_collections(self, company, today):
        """Whoever owes since some days: one contact per customer, again each month."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (f.id) f.id, f.user_id, f.lang, m.id, m.name, m.days
                  FROM (%(overdue)s) m
                  JOIN (%(files)s) f ON f.partner_id = m.commercial_partner_id
                 WHERE NOT EXISTS (SELECT FROM followup_interaction i
                                    WHERE i.customer_id = f.id
                                      AND i.kind = 'collection'
                                      AND i.state IN ('planned', 'confirmed'))
                 ORDER BY f.id, m.days DESC, m.id
                """,
                overdue=self._overdue_select(company, today, GRACE_DAYS),
                files=self._get_owned_files(company),
            )
        )
        return [
            Proposal(
                customer_id,
                user_id,
                "collection",
                "phone",
                today,
                f"invoice:{move_id}:{days // AGAIN_DAYS}",
                self.with_context(lang=lang).env._(
                    "Ask for the payment of %(invoice)s", invoice=name
                ),
            )
            for customer_id, user_id, lang, move_id, name, days in rows
        ]

    def _withdraw_paid(self, company, today):
        """Cancel proposed collections of customers who owe nothing any more."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.id
                  FROM followup_interaction i
                  JOIN followup_customer f ON f.id = i.customer_id
                 WHERE i.company_id = %(company)s AND i.kind = 'collection'
                   AND i.state IN ('planned', 'confirmed')
                   AND i.source_key LIKE 'invoice:%%'
                   AND NOT EXISTS (SELECT FROM (%(overdue)s) m
                                    WHERE m.commercial_partner_id = f.partner_id)
                """,
                company=company.id,
                overdue=self._overdue_select(company, today),
            )
        )
        # Elevated: the job works for all users.
        paid = self.sudo().browse(row[0] for row in rows).try_lock_for_update()
        if paid:
            paid.action_cancel()

    def _collect_holidays(self, company, today):
        """Customers of a holiday's countries that ordered within two years."""
        proposals = []
        for holiday in self.env["followup.holiday"].search(Domain.TRUE):
            day = holiday._get_next_date(today)
            if day and day <= today + timedelta(days=holiday.lead_days):
                proposals += self._collect_holiday(company, today, holiday, day)
        return proposals

    def _collect_holiday(self, company, today, holiday, day):
        since = fields.Date.subtract(today, months=GREETED_MONTHS)
        countries = holiday.country_ids.ids
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.id, f.user_id, f.lang,
                       COALESCE(f.person_in_charge_id, f.partner_id)
                  FROM (%(files)s) f
                 WHERE f.last_order_date >= %(since)s
                   AND (%(all)s OR f.country_id = ANY(%(countries)s))
                """,
                files=self._get_owned_files(company),
                since=since,
                all=not countries,
                countries=countries,
            )
        )
        return [
            Proposal(
                customer_id,
                user_id,
                "holiday",
                "email",
                day,
                f"holiday:{holiday.id}:{day}",
                self.with_context(lang=lang).env._(
                    "Greetings: %(holiday)s",
                    holiday=holiday.with_context(lang=lang).name,
                ),
                (person_id,),
                holiday.id,
            )
            for customer_id, user_id, lang, person_id in rows
        ]

    def _collect_birthdays(self, company, today):
        """Birthdays and the like, for the account team: no year, no description.

        What a contact says is the occasion only; who it is for is linked, and the
        record is for the account team.
        """
        people = self.env["followup.person"]
        days = people._get_days_ahead(BIRTHDAY_DAYS)
        # Elevated: the job reminds all account teams; to others nothing is shown.
        files = self.env["followup.customer"].sudo()
        owned = files._search(
            [("company_id", "=", company.id), ("user_id.active", "=", True)]
        )
        found = [
            row
            for row in people._find_days(tuple(days), owned)
            if row[2] in GREETED_KINDS
        ]
        owners = files.browse({row[1] for row in found})
        langs = {file.id: file.user_id.lang for file in owners}
        users = {file.id: file.user_id.id for file in owners}
        return [
            Proposal(
                customer_id,
                users[customer_id],
                "birthday",
                "email",
                days[day],
                f"birthday:{contact_id}:{kind}:{days[day].year}",
                self.with_context(lang=langs[customer_id])._get_kind_purpose(
                    "birthday"
                ),
                (contact_id,),
                None,
                True,
            )
            for contact_id, customer_id, kind, day in found
        ]
