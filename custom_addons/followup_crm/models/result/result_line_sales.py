from odoo import api, models
from odoo.tools import SQL


class ResultLine(models.Model):
    """What was sold, signed, collected and won."""

    _inherit = "followup.result.line"

    @api.model
    def _get_selects(self):
        # An imported order was made when it was ordered, not when it was imported.
        made = SQL("""LEAST(o.create_date, o.date_order)""")
        return super()._get_selects() | {
            "sale": self._sale_select(),
            "signed": self._order_select(SQL("""o.date_order"""), signed=True),
            "quotation": self._order_select(made, signed=False),
            "collected": self._collected_select(),
            "customer": self._customer_select(),
        }

    @api.model
    def _sale_select(self):
        """What counts as a sale, of the salesperson on its document."""
        return SQL(
            """
            SELECT d.id AS source_id,
                   COALESCE(o.user_id, m.invoice_user_id, f.user_id) AS user_id,
                   d.company_id, f.id AS customer_id, d.date, d.amount, d.source
              FROM (%s) d
              JOIN res_partner p ON p.id = d.partner_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = d.company_id
              LEFT JOIN sale_order o ON o.id = d.order_id
              LEFT JOIN account_move m ON m.id = d.move_id
            """,
            self.env["followup.sales.fact"]._document_select(),
        )

    @api.model
    def _customer_select(self):
        """A customer is new on the day of its first sale; imported years are old ones.

        It is whose sale that was.
        """
        return SQL(
            """
            SELECT n.customer_id AS source_id, n.user_id, n.company_id, n.customer_id,
                   n.date, n.amount
              FROM (SELECT DISTINCT ON (s.customer_id) s.*
                      FROM (%s) s
                     WHERE s.amount > 0 OR s.amount IS NULL
                     ORDER BY s.customer_id, s.date, s.source_id) n
             WHERE n.source <> 'history'
            """,
            self._sale_select(),
        )

    @api.model
    def _order_select(self, moment, signed):
        """Orders by the day they were signed, or all by the day they were made.

        At the order's own rate; without a rate on its day there is no amount.
        """
        missing, rates = self.env["followup.sales.fact"]._rate_missing(
            None, SQL("""o.date_order::date""")
        )
        return SQL(
            """
            SELECT o.id AS source_id, COALESCE(o.user_id, f.user_id) AS user_id,
                   o.company_id, f.id AS customer_id,
                   timezone(c.tz, timezone('UTC', %(moment)s))::date AS date,
                   CASE WHEN NOT %(missing)s
                        THEN o.amount_untaxed::float8
                             / NULLIF(o.currency_rate, 0)::float8
                   END AS amount
              FROM sale_order o
              JOIN %(companies)s c ON c.id = o.company_id
              JOIN res_partner p ON p.id = o.partner_id
              LEFT JOIN followup_customer f ON f.company_id = o.company_id
                   AND f.partner_id = p.commercial_partner_id
              %(rates)s
             WHERE o.state = 'sale' OR NOT %(signed)s
            """,
            moment=moment,
            missing=missing,
            companies=self._company_zones(),
            rates=rates,
            signed=signed,
        )

    @api.model
    def _collected_select(self):
        """Payments as far as they are matched with invoices, taxes included.

        A payment of several invoices counts for the salesperson of each with its part;
        what is paid back for a credit note counts against. Company currency.
        """
        return SQL(
            """
            SELECT r.id AS source_id, COALESCE(m.invoice_user_id, f.user_id) AS user_id,
                   r.company_id, f.id AS customer_id, y.date,
                   CASE WHEN m.move_type = 'out_refund' THEN -r.amount ELSE r.amount
                   END::float8 AS amount
              FROM account_partial_reconcile r
              JOIN account_move_line d ON d.id = r.debit_move_id
              JOIN account_move_line k ON k.id = r.credit_move_id
              JOIN account_move dm ON dm.id = d.move_id
              JOIN account_account a ON a.id = d.account_id
                   AND a.account_type = 'asset_receivable'
              JOIN account_move m ON m.id = CASE WHEN dm.move_type IN
                        ('out_invoice', 'out_receipt') THEN d.move_id
                        ELSE k.move_id END
                   AND m.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
                   AND m.state = 'posted'
              JOIN account_move_line y ON y.id = CASE WHEN m.id = d.move_id
                        THEN k.id ELSE d.id END
                   AND y.parent_state = 'posted'
              JOIN account_move ym ON ym.id = y.move_id AND ym.move_type = 'entry'
              JOIN account_journal j ON j.id = y.journal_id
                   AND j.type IN ('bank', 'cash', 'credit')
              LEFT JOIN followup_customer f ON f.company_id = r.company_id
                   AND f.partner_id = m.commercial_partner_id
            """
        )
