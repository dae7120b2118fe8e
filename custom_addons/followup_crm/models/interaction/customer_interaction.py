from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .interaction import OPEN_STATES

CONTACT_STATES = [
    ("fresh", "In touch"),
    ("due", "Due"),
    ("overdue", "Overdue"),
]
# From this many intervals without a contact on, a customer is red; amber from one on.
OVERDUE_FACTOR = 1.5


class Customer(models.Model):
    """When a customer is to be contacted next, by its policy and by what is planned."""

    _inherit = "followup.customer"

    interaction_ids = fields.One2many(
        "followup.interaction", "customer_id", string="Contacts with customers"
    )
    open_interaction_count = fields.Integer(
        compute="_compute_open_interaction_count", string="Planned contacts"
    )
    next_contact_date = fields.Date(
        readonly=True,
        copy=False,
        string="Next contact",
        help="The next planned contact; without one, the day on which the contact"
        " interval of the customer's classes ends.",
    )
    contact_due_date = fields.Date(
        readonly=True,
        copy=False,
        string="Contact due on",
        help="The last real contact and the shortest contact interval of all classes.",
    )
    contact_overdue_date = fields.Date(
        readonly=True, copy=False, string="Contact overdue from"
    )
    contact_state = fields.Selection(
        CONTACT_STATES,
        compute="_compute_contact_state",
        search="_search_contact_state",
        string="Contact status",
        help="Due after one contact interval without a real contact, overdue after one"
        " and a half.",
    )

    @api.depends("interaction_ids.state")
    def _compute_open_interaction_count(self):
        groups = self.env["followup.interaction"]._read_group(
            [("customer_id", "in", self.ids), ("state", "in", OPEN_STATES)],
            ["customer_id"],
            ["__count"],
        )
        counts = {customer.id: count for customer, count in groups}
        for customer in self:
            customer.open_interaction_count = counts.get(customer._origin.id, 0)

    @api.depends("contact_due_date", "contact_overdue_date")
    def _compute_contact_state(self):
        today = fields.Date.context_today(self)
        for customer in self:
            if not customer.contact_due_date:
                customer.contact_state = False
            elif today < customer.contact_due_date:
                customer.contact_state = "fresh"
            elif today < customer.contact_overdue_date:
                customer.contact_state = "due"
            else:
                customer.contact_state = "overdue"

    @api.model
    def _search_contact_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            "fresh": Domain("contact_due_date", ">", today),
            "due": Domain("contact_due_date", "<=", today)
            & Domain("contact_overdue_date", ">", today),
            "overdue": Domain("contact_overdue_date", "<=", today),
            False: Domain("contact_due_date", "=", False),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # === BUSINESS === #

    def _note_contact(self, date):
        result = super()._note_contact(date)
        self._refresh_next_contact()
        return result

    def _refresh_next_contact(self):
        """Bring the next contact and its due dates up to date; all files if empty.

        The shortest contact interval of the classes counts; a customer that was never
        contacted is due one interval after its file was made. What is for the account
        team only does not show. One statement that writes differences only.
        """
        self.env.flush_all()
        only = mine = SQL("""TRUE""")
        if self:
            only = SQL("""f.id = ANY(%s)""", self.ids)
            mine = SQL("""customer_id = ANY(%s)""", self.ids)
        changed = self.env.execute_query(
            SQL(
                """
                WITH base AS (
                    SELECT f.id, f.active, COALESCE(f.last_contact_date,
                                          f.create_date::date) AS day,
                           MIN(t.contact_interval_days) AS days
                      FROM followup_customer f
                      LEFT JOIN (followup_tier_assignment a
                                 JOIN followup_tier t ON t.id = a.tier_id
                                      AND t.contact_interval_days > 0
                                 JOIN followup_tier_scheme s ON s.id = t.scheme_id
                                      AND s.active)
                             ON a.customer_id = f.id AND s.company_id = f.company_id
                     WHERE %(only)s
                     GROUP BY f.id
                ), planned AS (
                    SELECT customer_id, MIN(date) AS day
                      FROM followup_interaction
                     WHERE state IN ('planned', 'confirmed')
                       AND NOT COALESCE(is_personal, FALSE) AND %(mine)s
                     GROUP BY customer_id
                ), next AS (
                    SELECT b.id, COALESCE(p.day, b.day + b.days) AS day,
                           b.day + b.days AS due,
                           b.day + CEIL(b.days * %(factor)s)::int AS overdue
                      FROM base b
                      LEFT JOIN planned p ON p.customer_id = b.id
                )
                UPDATE followup_customer f
                   SET next_contact_date = n.day, contact_due_date = n.due,
                       contact_overdue_date = n.overdue
                  FROM next n
                 WHERE n.id = f.id
                   AND (f.next_contact_date, f.contact_due_date, f.contact_overdue_date)
                       IS DISTINCT FROM (n.day, n.due, n.overdue)
                RETURNING f.id
                """,
                only=only,
                mine=mine,
                factor=OVERDUE_FACTOR,
            )
        )
        self.browse(row[0] for row in changed).invalidate_recordset(
            ["next_contact_date", "contact_due_date", "contact_overdue_date"],
            flush=False,
        )
