from odoo import api, fields, models
from odoo.tools import SQL

from ...const import BATCH_SIZE, region_of
from ...tools.names import name_key
from .customer_completeness import ALL_COMPLETENESS_FIELDS

# The completeness fields that a partner brings along as plain columns.
PARTNER_COMPLETENESS_COLUMNS = (
    "street",
    "city",
    "zip",
    "country_id",
    "phone",
    "email",
    "website",
    "vat",
    "company_registry",
    "industry_id",
)


class Customer(models.Model):
    """Set-based jobs over all files: making the missing ones, refreshing figures."""

    _inherit = "followup.customer"

    @api.model
    def _cron_refresh_files(self):
        """Nightly: make missing files and bring order dates up to date."""
        self._create_missing_files(commit=True)
        self._refresh_order_figures()
        self._refresh_last_contact()

    @api.model
    def _create_missing_files(self, partners=None, commit=False):
        """Make the files of all partners that bought something and have none (R7).

        A partner bought something where it, or a contact of it, has a confirmed sale
        order or a posted customer invoice. One batch is one INSERT, so that a living
        database with 100,000 customers takes seconds. Nobody is notified.

        :param partners: only for these partners (default: all)
        :param commit: commit after each batch, for scheduled actions
        :return: number of files made
        """
        self.env.flush_all()
        candidates = self._get_candidates(partners)
        for start in range(0, len(candidates), BATCH_SIZE):
            batch = candidates[start : start + BATCH_SIZE]
            self._insert_files(batch)
            if commit:
                left = len(candidates) - start - len(batch)
                self.env["ir.cron"]._commit_progress(len(batch), remaining=left)
        if candidates:
            self.env.invalidate_all()
            self._refresh_order_figures(partners)
        return len(candidates)

    def _get_candidates(self, partners=None):
        """Rows (partner, company, owner, active, name, country, completeness)."""
        filled = SQL(" + ").join(
            SQL("""(COALESCE(%s::text, '') <> '')::int""", SQL.identifier("p", column))
            for column in PARTNER_COMPLETENESS_COLUMNS
        )
        only = (
            SQL("""AND p.commercial_partner_id IN %s""", tuple(partners.ids))
            if partners
            else SQL()
        )
        return self.env.execute_query(
            SQL(
                """
                WITH buyer AS (
                    SELECT p.commercial_partner_id AS partner_id, o.company_id
                      FROM (SELECT DISTINCT partner_id, company_id
                              FROM sale_order
                             WHERE state = 'sale') o
                      JOIN res_partner p ON p.id = o.partner_id
                     WHERE p.commercial_partner_id IS NOT NULL %(only)s
                     UNION
                    SELECT p.id, m.company_id
                      FROM (SELECT DISTINCT commercial_partner_id, company_id
                              FROM account_move
                             WHERE state = 'posted'
                               AND move_type IN ('out_invoice', 'out_refund',
                                                 'out_receipt')) m
                      JOIN res_partner p ON p.id = m.commercial_partner_id
                     WHERE TRUE %(only)s
                )
                SELECT p.id, b.company_id, u.id, p.active, p.name, c.code,
                       %(filled)s
                       + EXISTS (SELECT FROM res_partner_bank k
                                  WHERE k.partner_id = p.id AND k.active)::int
                       + EXISTS (SELECT FROM res_partner d
                                  WHERE d.parent_id = p.id AND d.active
                                    AND d.type = 'delivery')::int
                  FROM buyer b
                  JOIN res_partner p ON p.id = b.partner_id
                  LEFT JOIN res_country c ON c.id = p.country_id
                  LEFT JOIN res_users u ON u.id = p.user_id
                       AND u.active AND NOT COALESCE(u.share, FALSE)
                       AND EXISTS (SELECT FROM res_company_users_rel r
                                    WHERE r.user_id = u.id AND r.cid = b.company_id)
                 WHERE (p.company_id IS NULL OR p.company_id = b.company_id)
                   AND NOT EXISTS (SELECT FROM res_company own
                                    WHERE own.partner_id = p.id
                                      AND own.id = b.company_id)
                   AND NOT EXISTS (SELECT FROM followup_customer f
                                    WHERE f.partner_id = p.id
                                      AND f.company_id = b.company_id)
                 ORDER BY b.company_id, p.id
                """,
                filled=filled,
                only=only,
            )
        )

    def _insert_files(self, candidates):
        """Insert one batch of candidates; rows that exist meanwhile are left alone."""
        serials = self._take_serials([row[1] for row in candidates])
        total = len(ALL_COMPLETENESS_FIELDS)
        rows = [
            (
                partner_id,
                company_id,
                owner_id,
                active,
                f"{region_of(country)}-{serial}",
                name_key(name or ""),
                100 * filled // total,
            )
            for (
                (partner_id, company_id, owner_id, active, name, country, filled),
                serial,
            ) in zip(candidates, serials, strict=True)
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO followup_customer (
                    partner_id, company_id, user_id, active, code, name_key,
                    completeness, standing, basic_checked_on,
                    create_uid, write_uid, create_date, write_date
                )
                SELECT n.*, 'normal', %(today)s::date, %(uid)s, %(uid)s,
                       NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
                  FROM unnest(%(c0)s::int[], %(c1)s::int[], %(c2)s::int[],
                              %(c3)s::bool[], %(c4)s::text[], %(c5)s::text[],
                              %(c6)s::int[]) AS n
                    ON CONFLICT (partner_id, company_id) DO NOTHING
                """,
                today=fields.Date.context_today(self),
                uid=self.env.uid,
                **{f"c{index}": column for index, column in enumerate(columns)},
            )
        )

    def _take_serials(self, company_ids):
        """One serial per element, from the sequence of its company, in one query each.

        Sequences of the implementation that Odoo calls standard take their numbers from
        PostgreSQL; one that was changed to 'no gap' is served number by number.
        """
        serials = {}
        for company_id in sorted(set(company_ids)):
            sequence = self._get_sequence(self.env["res.company"].browse(company_id))
            count = company_ids.count(company_id)
            if sequence.implementation != "standard":
                serials[company_id] = [sequence.next_by_id() for _i in range(count)]
                continue
            numbers = self.env.execute_query(
                SQL(
                    """SELECT nextval(%s) FROM generate_series(1, %s)""",
                    f"ir_sequence_{sequence.id:03d}",
                    count,
                )
            )
            serials[company_id] = [sequence.get_next_char(row[0]) for row in numbers]
        iterators = {company_id: iter(found) for company_id, found in serials.items()}
        return [next(iterators[company_id]) for company_id in company_ids]

    @api.model
    def _refresh_order_figures(self, partners=None):
        """Bring first order, last order and number of orders up to date.

        Confirmed orders of the customer and its contacts count. One statement that
        writes differences only.

        :param partners: only the files of these commercial partners (default: all)
        """
        self.env.flush_all()
        only = (
            SQL("""WHERE f.partner_id IN %s""", tuple(partners.ids))
            if partners
            else SQL()
        )
        changed = self.env.execute_query(
            SQL(
                """
                WITH per_partner AS (
                    SELECT partner_id, company_id, MIN(date_order) AS first_date,
                           MAX(date_order) AS last_date, COUNT(*) AS number
                      FROM sale_order
                     WHERE state = 'sale'
                     GROUP BY partner_id, company_id
                ), figure AS (
                    SELECT f.id, MIN(o.first_date)::date AS first_date,
                           MAX(o.last_date)::date AS last_date,
                           COALESCE(SUM(o.number), 0)::int AS number
                      FROM followup_customer f
                      JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                      LEFT JOIN per_partner o ON o.partner_id = p.id
                           AND o.company_id = f.company_id
                      %s
                     GROUP BY f.id
                )
                UPDATE followup_customer f
                   SET first_order_date = n.first_date,
                       last_order_date = n.last_date,
                       order_count = n.number
                  FROM figure n
                 WHERE n.id = f.id
                   AND (f.first_order_date, f.last_order_date,
                        COALESCE(f.order_count, 0))
                       IS DISTINCT FROM (n.first_date, n.last_date, n.number)
                RETURNING f.id
                """,
                only,
            )
        )
        self.browse(row[0] for row in changed).invalidate_recordset(
            ["first_order_date", "last_order_date", "order_count"], flush=False
        )

    @api.model
    def _refresh_last_contact(self):
        """Bring the date of the last contact of all files up to date.

        Counts e-mails and messages that were exchanged with the customer or one of its
        contacts, and what somebody learnt about it. Internal notes do not count. One
        statement that writes differences only.
        """
        self.env.flush_all()
        changed = self.env.execute_query(
            SQL(
                """
                WITH exchanged AS (
                    SELECT model, res_id, MAX(date)::date AS day
                      FROM mail_message
                     WHERE model IN ('followup.customer', 'res.partner')
                       AND (message_type = 'email'
                            OR (message_type = 'comment' AND subtype_id = %s))
                     GROUP BY model, res_id
                ), seen AS (
                    SELECT customer_id, MAX(date) AS day
                      FROM followup_information
                     GROUP BY customer_id
                     UNION ALL
                    SELECT res_id, day FROM exchanged WHERE model = 'followup.customer'
                     UNION ALL
                    SELECT f.id, e.day
                      FROM exchanged e
                      JOIN res_partner p ON p.id = e.res_id
                      JOIN followup_customer f
                        ON f.partner_id = p.commercial_partner_id
                     WHERE e.model = 'res.partner'
                ), contact AS (
                    SELECT f.id, MAX(s.day) AS day
                      FROM followup_customer f
                      LEFT JOIN seen s ON s.customer_id = f.id
                     GROUP BY f.id
                )
                UPDATE followup_customer f
                   SET last_contact_date = c.day
                  FROM contact c
                 WHERE c.id = f.id
                   AND f.last_contact_date IS DISTINCT FROM c.day
                RETURNING f.id
                """,
                self.env.ref("mail.mt_comment").id,
            )
        )
        self.browse(row[0] for row in changed).invalidate_recordset(
            ["last_contact_date"], flush=False
        )
