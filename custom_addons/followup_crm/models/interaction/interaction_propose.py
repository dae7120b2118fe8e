from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.day import company_today
from ..apart import work_apart
from .interaction import OPEN_STATES

# One contact that is proposed; ``people`` are ids of partners.
Proposal = namedtuple(
    "Proposal",
    "customer_id user_id kind method date key purpose people holiday_id is_personal",
    defaults=((), None, False),
)
COLUMNS = (
    ("customer_id", "int"),
    ("user_id", "int"),
    ("kind", "text"),
    ("method", "text"),
    ("date", "date"),
    ("key", "text"),
    ("purpose", "text"),
    ("holiday_id", "int"),
    ("is_personal", "bool"),
)


class Interaction(models.Model):
    """Contacts that the system proposes, each once: who bought, owes, celebrates.

    A collector of each kind tells what is to be proposed; one statement writes what has
    not been proposed before. The key says what for, and is unique for a customer.
    """

    _inherit = "followup.interaction"

    holiday_id = fields.Many2one(
        "followup.holiday", readonly=True, ondelete="set null", index="btree_not_null"
    )

    # === CRON === #

    @api.model
    def _cron_propose(self):
        """Nightly, company by company: propose what is due soon, once."""
        # The night's classes may have brought other contact intervals.
        self.env["followup.customer"]._refresh_next_contact()
        companies = self.env["res.company"].search(Domain.TRUE)
        for number, company in enumerate(companies, 1):
            work_apart(company, self._propose)
            left = len(companies) - number
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break

    # === BUSINESS === #

    @api.model
    def _propose(self, company):
        """Propose contacts with the customers of a company.

        :return: number of contacts made
        """
        self.env.flush_all()
        # Two runs at the same moment: the second one sees what the first has made.
        self.env.cr.execute(
            SQL(
                """SELECT pg_advisory_xact_lock(hashtext('followup.propose'), %s)""",
                company.id,
            )
        )
        today = company_today(company)
        proposals = self._on_working_days(
            self._collect_proposals(company, today), company, today
        )
        made = self._insert_proposals(proposals)
        self._withdraw(company, proposals, today)
        return made

    def _collect_proposals(self, company, today):
        """All that could be proposed now; other rooms add their kinds.

        :return: list of ``Proposal``
        """
        return [
            *self._collect_after_deal(company, today),
            *self._collect_collections(company, today),
            *self._collect_holidays(company, today),
            *self._collect_birthdays(company, today),
            *self._collect_revisits(company, today),
        ]

    def _collect_revisits(self, company, today):
        """Revisits after complaints: added by the room of complaints."""
        return []

    def _on_working_days(self, proposals, company, today):
        """Move each proposal to a day on which its user works.

        A greeting comes before the day rather than after it, anything else later.
        """
        last = max((p.date for p in proposals), default=today) + timedelta(days=30)
        users = self.env["res.users"].browse({p.user_id for p in proposals})
        worked = {
            user.id: user._fcrm_get_working_days(today, last, company) for user in users
        }
        moved = []
        for proposal in proposals:
            days = worked[proposal.user_id]
            wanted = max(proposal.date, today)
            before = [day for day in days if day <= wanted]
            after = [day for day in days if day >= wanted]
            if proposal.kind in ("holiday", "birthday") and before:
                wanted = before[-1]
            elif after:
                wanted = after[0]
            moved.append(proposal._replace(date=wanted))
        return moved

    def _insert_proposals(self, proposals):
        """Write what was not proposed before, with one statement.

        :return: number of contacts made
        """
        if not proposals:
            return 0
        columns = [[getattr(p, name) for p in proposals] for name, _type in COLUMNS]
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO followup_interaction (
                    customer_id, user_id, kind, method, date, source_key, purpose,
                    holiday_id, is_personal, company_id, state, review_state, duration,
                    create_uid, write_uid, create_date, write_date)
                SELECT n.customer_id, n.user_id, n.kind, n.method, n.date, n.key,
                       n.purpose, n.holiday_id, n.is_personal, f.company_id, 'planned',
                       'none', 0.5, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM unnest(%(c0)s::int[], %(c1)s::int[], %(c2)s::text[],
                              %(c3)s::text[], %(c4)s::date[], %(c5)s::text[],
                              %(c6)s::text[], %(c7)s::int[], %(c8)s::bool[])
                       AS n (customer_id, user_id, kind, method, date, key, purpose,
                             holiday_id, is_personal)
                  JOIN followup_customer f ON f.id = n.customer_id
                    ON CONFLICT (customer_id, source_key)
                       WHERE source_key IS NOT NULL DO NOTHING
                RETURNING id, customer_id, source_key
                """,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                **{f"c{number}": column for number, column in enumerate(columns)},
            )
        )
        self._insert_people(rows, proposals)
        self.invalidate_model()
        customers = self.env["followup.customer"].browse({row[1] for row in rows})
        if customers:
            customers._refresh_next_contact()
        return len(rows)

    def _insert_people(self, rows, proposals):
        """Link the people whom the new contacts are for."""
        people = {(p.customer_id, p.key): p.people for p in proposals}
        links = [
            (contact_id, partner_id)
            for contact_id, customer_id, key in rows
            for partner_id in people[customer_id, key]
        ]
        if links:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO followup_interaction_contact_rel
                           (interaction_id, partner_id)
                    SELECT * FROM unnest(%s::int[], %s::int[])
                        ON CONFLICT DO NOTHING
                    """,
                    [link[0] for link in links],
                    [link[1] for link in links],
                )
            )

    def _withdraw(self, company, proposals, today):
        """Cancel proposals whose reason is gone: paid invoices, changed dates."""
        self._withdraw_paid(company, today)
        wanted = {
            (p.customer_id, p.key): p.date for p in proposals if p.kind == "birthday"
        }
        # Elevated: the job works for all users.
        reminders = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("state", "in", OPEN_STATES)
            & Domain("is_personal", "=", True)
            & Domain("source_key", "like", "birthday:")
            & Domain("date", ">=", today)
        )
        for contact in reminders:
            day = wanted.get((contact.customer_id.id, contact.source_key))
            if not day:
                contact.unlink()
            elif contact.date != day:
                contact.date = day

    @api.model
    def _get_owned_files(self, company):
        """SQL: active files with an owner who works: id, user_id, partner_id, lang."""
        return SQL(
            """
            SELECT f.id, f.user_id, f.partner_id, p.country_id,
                   COALESCE(o.lang, 'en_US') AS lang, f.person_in_charge_id,
                   f.last_order_date
              FROM followup_customer f
              JOIN res_partner p ON p.id = f.partner_id
              JOIN res_users u ON u.id = f.user_id AND u.active
              JOIN res_partner o ON o.id = u.partner_id
             WHERE f.company_id = %s AND f.active
            """,
            company.id,
        )
