from odoo import api, fields, models
from odoo.tools import SQL

from ..facts.sales_fact import SalesFact

# Kind → label. The order is fixed: a row's id is made from the place in this list.
KINDS = [
    ("sale", "Sale"),
    ("signed", "Order signed"),
    ("collected", "Money collected"),
    ("customer", "New customer"),
    ("opened", "Opportunity opened"),
    ("won", "Opportunity won"),
    ("lost", "Opportunity lost"),
    ("quotation", "Quotation made"),
    ("contact", "Contact done"),
    ("complaint", "Complaint closed"),
    ("information", "Information noted"),
]
# Rows of one source record are told apart by their kind.
STRIDE = 16
# Kind → model of the record behind a row.
SOURCE_MODELS = {
    "signed": "sale.order",
    "quotation": "sale.order",
    "customer": "followup.customer",
    "opened": "crm.lead",
    "won": "crm.lead",
    "lost": "crm.lead",
    "contact": "followup.interaction",
    "complaint": "followup.complaint",
    "information": "followup.information",
}
# What the rows are made of, beside the documents of ``followup.sales.fact``.
DEPENDS = SalesFact._depends | {
    "followup.customer": ["user_id", "partner_id", "company_id"],
    "followup.interaction": [
        "customer_id",
        "company_id",
        "state",
        "user_id",
        "date",
        "done_date",
        "is_personal",
    ],
    "followup.complaint": [
        "customer_id",
        "company_id",
        "state",
        "user_id",
        "closed_date",
    ],
    "followup.information": ["customer_id", "user_id", "date"],
    "sale.order": [
        *SalesFact._depends["sale.order"],
        "user_id",
    ],
    "crm.lead": [
        "type",
        "partner_id",
        "company_id",
        "team_id",
        "user_id",
        "won_status",
        "expected_revenue",
        "date_closed",
        "date_conversion",
        "active",
    ],
    "account.move": [*SalesFact._depends["account.move"], "invoice_user_id"],
    "account.partial.reconcile": ["amount", "debit_move_id", "credit_move_id"],
    "res.users": ["sale_team_id"],
}


class ResultLine(models.Model):
    """What a person did and brought, one by one (S4): the work log, and every result.

    Each row belongs to who did it: the salesperson of the order, invoice or
    opportunity, the responsible of a contact or complaint. A later change of the
    customer's owner moves nothing. Where a document names nobody, and for imported
    years, the customer's owner counts. Amounts are in company currency; days are those
    of the company.
    """

    _name = "followup.result.line"
    _description = "Result of a person"
    _auto = False
    _rec_name = "date"
    _order = "date desc, id desc"
    _depends = DEPENDS

    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    customer_id = fields.Many2one("followup.customer", readonly=True)
    date = fields.Date(string="Day", readonly=True)
    kind = fields.Selection(KINDS, string="What", readonly=True)
    amount = fields.Monetary(readonly=True)
    source_id = fields.Integer(string="Record", readonly=True, aggregator=None)
    source_model = fields.Char(compute="_compute_source_model")
    reference = fields.Char(
        compute="_compute_reference",
        help="Shown where you may read the record behind this row.",
    )

    @property
    def _table_query(self):
        return self._line_select()

    @api.model
    def _line_select(self):
        """SQL: one row for each thing that a person did or brought."""
        places = {kind: place for place, (kind, _label) in enumerate(KINDS)}
        parts = [
            SQL(
                """
                SELECT s.source_id::bigint * %(stride)s + %(place)s AS id,
                       %(kind)s AS kind, s.source_id, s.user_id, s.company_id,
                       s.customer_id, s.date, s.amount
                  FROM (%(select)s) s
                """,
                stride=STRIDE,
                place=places[kind],
                kind=kind,
                select=select,
            )
            for kind, select in self._get_selects().items()
        ]
        return SQL(
            """
            SELECT r.id, r.kind, r.source_id, r.user_id, u.sale_team_id AS team_id,
                   r.company_id, r.customer_id, r.date, r.amount
              FROM (%s) r LEFT JOIN res_users u ON u.id = r.user_id
             WHERE r.company_id IS NOT NULL AND r.date IS NOT NULL
            """,
            SQL(""" UNION ALL """).join(parts),
        )

    @api.model
    def _get_selects(self):
        """Kind → SQL of its rows: source_id, user_id, company_id, customer_id, date,
        amount. Rooms that know another kind of result add theirs, and to ``KINDS``.
        """
        return {}

    @api.model
    def _company_zones(self):
        """SQL: the companies with their time zones."""
        return SQL(
            """(SELECT r.id, r.currency_id, COALESCE(p.tz, 'UTC') AS tz
                  FROM res_company r JOIN res_partner p ON p.id = r.partner_id)"""
        )

    # === COMPUTE METHODS === #

    @api.depends("kind")
    def _compute_source_model(self):
        for row in self:
            row.source_model = SOURCE_MODELS.get(row.kind, False)

    @api.depends("kind", "source_id")
    def _compute_reference(self):
        """The record's name, for those who may read it; one pass for each model."""
        for model, rows in self.grouped("source_model").items():
            if not model or not self.env[model].has_access("read"):
                rows.reference = False
                continue
            records = self.env[model].browse(rows.mapped("source_id")).exists()
            names = {
                record.id: record.display_name
                for record in records._filtered_access("read")
            }
            for row in rows:
                row.reference = names.get(row.source_id, False)

    # === ACTIONS === #

    def action_open(self):
        """Open the record behind a row; with the rights of who asks."""
        self.ensure_one()
        self.check_access("read")
        model, record_id = self._get_source()
        if not model:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "res_id": record_id,
        }

    def _get_source(self):
        """Model and id of the record behind a row; nothing for sums."""
        if self.kind == "sale":
            fact = self.env["followup.sales.fact"].browse(self.source_id)
            document = fact.order_id or fact.move_id
            return document._name if document else False, document.id
        if self.kind == "collected":
            # Elevated: which invoice it was is told, opening it needs the right.
            partial = self.env["account.partial.reconcile"].sudo()
            move = partial.browse(self.source_id).debit_move_id.move_id
            return move._name, move.id
        return self.source_model, self.source_id
