from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ...const import BATCH_SIZE, region_of
from ...tools.names import name_key
from .customer_completeness import ALL_COMPLETENESS_FIELDS


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
        return len(candidates)

    def _get_candidates(self, partners=None):
        """Rows of partners without a file: what a new file takes from Odoo.

        Columns: partner, company, owner, active, name, country, first and last order,
        number of orders, filled fields.
        """
        filled = SQL(" + ").join(
            SQL("""(COALESCE(%s::text, '') <> '')::int""", SQL.identifier("p", column))
            for column in self._get_partner_completeness_columns()
        )
        return self.env.execute_query(
            SQL(
                """
                WITH buyer AS (%(buyers)s),
                banked AS (
                    SELECT DISTINCT partner_id FROM res_partner_bank WHERE active
                ), supplied AS (
                    SELECT DISTINCT parent_id FROM res_partner
                     WHERE active AND type = 'delivery'
                )
                SELECT p.id, b.company_id, u.id, p.active, p.name, c.code,
                       b.first_date, b.last_date, b.number,
                       %(filled)s + (k.partner_id IS NOT NULL)::int
                       + (d.parent_id IS NOT NULL)::int
                  FROM buyer b
                  JOIN res_partner p ON p.id = b.partner_id
                  LEFT JOIN res_country c ON c.id = p.country_id
                  LEFT JOIN banked k ON k.partner_id = p.id
                  LEFT JOIN supplied d ON d.parent_id = p.id
                  LEFT JOIN res_users u ON u.id = p.user_id
                       AND u.active AND NOT COALESCE(u.share, FALSE)
                       AND EXISTS (SELECT FROM res_company_users_rel r
                                    WHERE r.user_id = u.id AND r.cid = b.company_id)
                  LEFT JOIN res_company own ON own.partner_id = p.id
                       AND own.id = b.company_id
                  LEFT JOIN followup_customer f ON f.partner_id = p.id
                       AND f.company_id = b.company_id
                 WHERE (p.company_id IS NULL OR p.company_id = b.company_id)
                   AND own.id IS NULL AND f.id IS NULL
                 ORDER BY b.company_id, p.id
                """,
                buyers=self._get_buyers_select(partners),
                filled=filled,
            )
        )

    @api.model
    def _get_partner_completeness_columns(self):
        """The counted fields that are plain columns of the partner."""
        inherited = (self._fields[name] for name in ALL_COMPLETENESS_FIELDS)
        return [
            field.name
            for field in inherited
            if field.inherited
            and field.base_field.store
            and field.base_field.column_type
        ]

    def _get_buyers_select(self, partners=None):
        """Commercial partners that bought something, with their order figures."""
        only = SQL("""TRUE""")
        if partners:
            only = SQL("""m.commercial_partner_id = ANY(%s)""", partners.ids)
        return SQL(
            """
            SELECT s.partner_id, s.company_id, MIN(s.first_date)::date AS first_date,
                   MAX(s.last_date)::date AS last_date, SUM(s.number)::int AS number
              FROM (SELECT p.commercial_partner_id AS partner_id, o.company_id,
                           o.first_date, o.last_date, o.number
                      FROM (%(orders)s) o
                      JOIN res_partner p ON p.id = o.partner_id
                     UNION ALL
                    SELECT DISTINCT m.commercial_partner_id, m.company_id,
                           NULL::timestamp, NULL::timestamp, 0
                      FROM account_move m
                     WHERE m.state = 'posted'
                       AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                       AND %(only)s
                   ) s
             GROUP BY s.partner_id, s.company_id
            """,
            orders=self._get_orders_select(partners),
            only=only,
        )

    def _get_orders_select(self, partners=None):
        """First and last order and number of orders per partner and company."""
        only = SQL("""TRUE""")
        if partners:
            contacts = self.env["res.partner"].with_context(active_test=False)
            domain = [("commercial_partner_id", "in", partners.ids)]
            only = SQL("""partner_id = ANY(%s)""", contacts.search(domain).ids)
        return SQL(
            """
            SELECT partner_id, company_id, MIN(date_order) AS first_date,
                   MAX(date_order) AS last_date, COUNT(*) AS number
              FROM sale_order
             WHERE state = 'sale' AND %s
             GROUP BY partner_id, company_id
            """,
            only,
        )

    def _insert_files(self, candidates):
        """Insert one batch of candidates; rows that exist meanwhile are left alone.

        Nobody is named as their maker: no user has made them.
        """
        codes = self._take_codes([(row[1], row[5]) for row in candidates])
        total = len(ALL_COMPLETENESS_FIELDS)
        rows = [
            (*row[:4], *row[6:9], code, name_key(row[4] or ""), 100 * row[9] // total)
            for row, code in zip(candidates, codes, strict=True)
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO followup_customer (
                    partner_id, company_id, user_id, active, first_order_date,
                    last_order_date, order_count, code, name_key, completeness,
                    standing, basic_checked_on, create_date, write_date
                )
                SELECT n.*, 'normal', %(today)s::date,
                       NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
                  FROM unnest(%(c0)s::int[], %(c1)s::int[], %(c2)s::int[],
                              %(c3)s::bool[], %(c4)s::date[], %(c5)s::date[],
                              %(c6)s::int[], %(c7)s::text[], %(c8)s::text[],
                              %(c9)s::int[]) AS n
                    ON CONFLICT (partner_id, company_id) DO NOTHING
                """,
                today=fields.Date.context_today(self),
                **{f"c{index}": column for index, column in enumerate(columns)},
            )
        )

    def _take_codes(self, places):
        """One code per (company id, country code), the serials in one query each.

        Sequences of the implementation that Odoo calls standard take their numbers from
        PostgreSQL; one that was changed to 'no gap' is served number by number.
        """
        counts = Counter(company_id for company_id, _country in places)
        serials = {}
        for company_id, count in sorted(counts.items()):
            sequence = self._get_sequence(self.env["res.company"].browse(company_id))
            if sequence.implementation != "standard":
                serials[company_id] = (sequence.next_by_id() for _i in range(count))
                continue
            prefix, suffix = sequence._get_prefix_suffix()
            numbers = self.env.execute_query(
                SQL(
                    """SELECT nextval(%s) FROM generate_series(1, %s)""",
                    f"ir_sequence_{sequence.id:03d}",
                    count,
                )
            )
            serials[company_id] = (
                f"{prefix}{number:0{sequence.padding}d}{suffix}"
                for (number,) in numbers
            )
        return [
            f"{region_of(country)}-{next(serials[company_id])}"
            for company_id, country in places
        ]
