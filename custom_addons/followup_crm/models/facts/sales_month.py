from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.bulk import take_memory
from ...tools.rounding import rounded_units


class SalesMonth(models.Model):
    """Sales per customer and month: the stored sum of ``followup.sales.fact``.

    ``_refresh`` is the only writer. It recomputes from the documents and writes only
    what differs, so that it can run as often as one likes and nothing drifts.
    """

    _name = "followup.sales.month"
    _description = "Sales of a month"
    _rec_name = "month"
    _order = "month desc, id desc"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    tier_id = fields.Many2one(
        related="customer_id.tier_id",
        help="The customer's class today, in the company's policy scheme.",
    )
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    amount = fields.Monetary(readonly=True, string="Turnover")
    margin = fields.Monetary(readonly=True)
    quantity = fields.Float(readonly=True, string="Volume")
    document_count = fields.Integer(readonly=True, string="Deals")
    history_amount = fields.Monetary(
        readonly=True,
        string="Of which earlier years",
        help="The part that was imported from the years before Odoo.",
    )
    rate_missing_count = fields.Integer(
        readonly=True,
        string="Without exchange rate",
        help="Documents that could not be valued.",
    )

    # Query: the months of a customer; also what the refresh compares by.
    _customer_month = models.UniqueIndex("(customer_id, month)")
    # Query: yearly tables of a company.
    _company_month = models.Index("(company_id, month)")

    @api.model
    def _refresh(self, customers=None):
        """Recompute the months of these files (default: of all) from the documents.

        One statement a company, which writes only what differs.

        :return: number of rows that were inserted, changed or removed
        """
        self.env.flush_all()
        if customers is None:
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT id FROM res_company c
                     WHERE EXISTS (SELECT FROM followup_customer f
                                    WHERE f.company_id = c.id)
                     ORDER BY id
                    """
                )
            )
            # Elevated: the sums are those of all companies, whoever asks for them.
            companies = self.env["res.company"].sudo().browse(row[0] for row in rows)
            take_memory(self.env)
            changed = sum(self._refresh_company(company) for company in companies)
        else:
            groups = customers.sudo().grouped("company_id")
            changed = sum(self._refresh_company(*group) for group in groups.items())
        self.invalidate_model(flush=False)
        return changed

    def _refresh_company(self, company, customers=None):
        """Join in full what should be there with what is; write the differences.

        The arrays of ids let a few differences be found by the primary key, where the
        planner would expect many.
        """
        only = self._only(SQL("""d.customer_id"""), customers)
        result = self.env.execute_query(
            SQL(
                """
                WITH difference AS MATERIALIZED (
                    SELECT d.id AS stored_id, n.*
                      FROM (%(fresh)s) n
                      FULL JOIN (SELECT * FROM followup_sales_month d
                                  WHERE d.company_id = %(company)s AND %(only)s) d
                           ON d.customer_id = n.customer_id AND d.month = n.month
                     WHERE (d.amount, d.margin, d.quantity, d.document_count,
                            d.history_amount, d.rate_missing_count)
                           IS DISTINCT FROM
                           (n.amount, n.margin, n.quantity, n.document_count,
                            n.history_amount, n.rate_missing_count)
                ), gone AS (
                    DELETE FROM followup_sales_month d
                     WHERE d.id = ANY(ARRAY(SELECT stored_id FROM difference
                                             WHERE customer_id IS NULL))
                    RETURNING 1
                ), changed AS (
                    UPDATE followup_sales_month d
                       SET amount = n.amount, margin = n.margin,
                           quantity = n.quantity,
                           document_count = n.document_count,
                           history_amount = n.history_amount,
                           rate_missing_count = n.rate_missing_count
                      FROM difference n
                     WHERE n.stored_id = d.id AND n.customer_id IS NOT NULL
                       AND d.id = ANY(ARRAY(SELECT stored_id FROM difference))
                    RETURNING 1
                ), made AS (
                    INSERT INTO followup_sales_month (
                        customer_id, company_id, month, amount, margin, quantity,
                        document_count, history_amount, rate_missing_count)
                    SELECT n.customer_id, %(company)s, n.month, n.amount, n.margin,
                           n.quantity, n.document_count, n.history_amount,
                           n.rate_missing_count
                      FROM difference n
                     WHERE n.stored_id IS NULL
                    RETURNING 1
                )
                SELECT (SELECT COUNT(*) FROM gone) + (SELECT COUNT(*) FROM changed)
                       + (SELECT COUNT(*) FROM made)
                """,
                fresh=self._fresh_select(company, customers),
                company=company.id,
                only=only,
            )
        )
        return result[0][0]

    def _fresh_select(self, company, customers=None):
        """What the table should hold for a company, or for some of its customers.

        Amounts are rounded as whole smallest units, which numeric then divides. What
        no document of the company has is not summed.
        """
        facts = self.env["followup.sales.fact"]
        digits = company.currency_id.decimal_places
        partners = self._contacts(customers)
        has_history = facts._has_history(company)
        margin, history = SQL("""NULL"""), SQL("""0""")
        if has_history or "margin" in self.env["sale.order"]._fields:
            margin = rounded_units(SQL("""SUM(d.margin)"""), digits)
        if has_history:
            of_history = SQL(
                """SUM(d.amount) FILTER (
                    WHERE d.order_id IS NULL AND d.move_id IS NULL)"""
            )
            history = rounded_units(of_history, digits)
        return SQL(
            """
            SELECT m.customer_id,
                   date_trunc('month', d.date::timestamp)::date AS month,
                   COALESCE(%(amount)s::bigint, 0) * %(unit)s AS amount,
                   %(margin)s::bigint * %(unit)s AS margin,
                   COALESCE(ROUND(SUM(d.quantity) * 1e6::float8) / 1e6::float8, 0)
                       AS quantity,
                   COUNT(COALESCE(d.order_id, d.move_id))::integer AS document_count,
                   COALESCE(%(history)s::bigint * %(unit)s, 0) AS history_amount,
                   (COUNT(*) FILTER (WHERE d.rate_missing))::integer
                       AS rate_missing_count
              FROM (%(documents)s) d
              JOIN (SELECT p.id, f.id AS customer_id
                      FROM followup_customer f
                      JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                     WHERE f.company_id = %(company)s AND %(only)s
                    OFFSET 0) m ON m.id = d.partner_id
             WHERE %(partners)s
             GROUP BY 1, 2
            """,
            documents=facts._document_select(company, all_volumes=customers is None),
            amount=rounded_units(SQL("""SUM(d.amount)"""), digits),
            margin=margin,
            history=history,
            unit=SQL("""%s::numeric""", f"{10**-digits:.{digits}f}"),
            company=company.id,
            only=self._only(SQL("""f.id"""), customers),
            partners=self._only(SQL("""d.partner_id"""), partners),
        )

    def _contacts(self, customers):
        """All contacts of these customers, as values: so that the documents' own
        indexes on the partner serve (default: None, which stands for everybody)."""
        if customers is None:
            return None
        # Elevated: a sale counts whoever may see the contact.
        contacts = self.env["res.partner"].sudo().with_context(active_test=False)
        commercial = customers.sudo().partner_id.ids
        return contacts.search([("commercial_partner_id", "in", commercial)])

    def _only(self, column, records):
        """A condition that a column names one of these records (default: none)."""
        if records is None:
            return SQL("""TRUE""")
        return SQL("""%s = ANY(%s)""", column, records.ids)
