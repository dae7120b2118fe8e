from odoo import fields, models

from ..tier.loose_many2one import LooseMany2one

ACTIVITIES = [
    ("prospect", "Prospect"),
    ("new", "New"),
    ("active", "Active"),
    ("at_risk", "At risk"),
    ("dormant", "Dormant"),
    ("lost", "Lost"),
    ("reactivated", "Reactivated"),
]
CHURN_STATES = [
    ("ok", "On time"),
    ("at_risk", "At risk"),
    ("churned", "Churned"),
    ("unrated", "Unrated"),
]
LOYALTY_BANDS = [
    ("high", "High"),
    ("medium", "Medium"),
    ("low", "Low"),
    ("unrated", "Unrated"),
]
CREDIT_BANDS = [
    ("excellent", "Excellent"),
    ("good", "Good"),
    ("fair", "Fair"),
    ("weak", "Weak"),
    ("poor", "Poor"),
    ("bad", "Bad"),
    ("unrated", "Unrated"),
]
LIFETIME_BASES = [
    ("model", "Buying model"),
    ("plain", "Plain formula"),
    ("unrated", "Unrated"),
]


class Value(models.Model):
    """What a customer is worth to the company, with the figures behind it (V2–V13).

    One row per active file, written by ``followup.value.engine`` only, over the last
    12 months up to yesterday; money in company currency. A figure that cannot be had
    is empty, and its band or its ``…_known`` says so: nothing is made up.
    """

    _name = "followup.value"
    _description = "Value of a customer"
    _rec_name = "customer_id"
    _order = "turnover desc, id"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = LooseMany2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(related="customer_id.user_id", string="Account owner")
    tier_id = fields.Many2one(related="customer_id.tier_id")
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")

    # Orders and churn (V7)
    activity = fields.Selection(ACTIVITIES, string="Status", readonly=True)
    churn_state = fields.Selection(CHURN_STATES, string="Rhythm kept", readonly=True)
    own_rhythm = fields.Boolean(string="Own rhythm", readonly=True)
    order_days = fields.Integer(
        string="Days with orders", readonly=True, aggregator="sum"
    )
    median_days = fields.Float(
        string="Usual days between orders",
        readonly=True,
        aggregator="avg",
        help="The median of the days between its orders.",
    )
    first_order_date = fields.Date(string="First order", readonly=True)
    last_order_date = fields.Date(string="Last order", readonly=True)
    return_date = fields.Date(string="Came back on", readonly=True)
    risk_date = fields.Date(string="At risk from", readonly=True)
    churn_date = fields.Date(string="Churned from", readonly=True)

    # Scores (V5, V6)
    loyalty_score = fields.Integer(
        string="Loyalty index", readonly=True, aggregator="avg"
    )
    loyalty_band = fields.Selection(LOYALTY_BANDS, string="Loyalty", readonly=True)
    loyalty_parts = fields.Json(string="Parts of the loyalty index", readonly=True)
    credit_score = fields.Integer(
        string="Credit score", readonly=True, aggregator="avg"
    )
    credit_band = fields.Selection(CREDIT_BANDS, string="Credit", readonly=True)
    credit_parts = fields.Json(string="Parts of the credit score", readonly=True)

    # Money (V4, V9)
    lifetime_value = fields.Monetary(string="Lifetime value", readonly=True)
    lifetime_basis = fields.Selection(
        LIFETIME_BASES, string="Lifetime value by", readonly=True
    )
    alive_known = fields.Boolean(string="Chance known", readonly=True)
    alive_percent = fields.Integer(
        string="Still buying (%)",
        readonly=True,
        aggregator="avg",
        help="How probable it is that the customer still buys, by the buying model.",
    )
    turnover = fields.Monetary(string="Turnover of 12 months", readonly=True)
    turnover_before = fields.Monetary(
        string="Turnover of the 12 months before", readonly=True
    )
    balance = fields.Monetary(
        readonly=True, help="Open on receivable accounts, taxes included."
    )
    overdue = fields.Monetary(readonly=True)
    oldest_due = fields.Date(string="Overdue since", readonly=True)
    invoiced = fields.Monetary(string="Invoiced in 12 months", readonly=True)
    collected = fields.Monetary(string="Collected in 12 months", readonly=True)

    # Ratios and costs (V2, V11)
    margin_known = fields.Boolean(string="Margin known", readonly=True)
    margin = fields.Monetary(string="Gross margin", readonly=True)
    margin_rate = fields.Float(
        string="Gross margin (%)", readonly=True, aggregator="avg"
    )
    stock_known = fields.Boolean(string="Stock known", readonly=True)
    cross_ratio = fields.Float(string="Cross ratio", readonly=True, aggregator="avg")
    contribution_ratio = fields.Float(
        string="Contribution ratio", readonly=True, aggregator="sum"
    )
    visit_count = fields.Integer(string="Visits", readonly=True)
    contact_count = fields.Integer(string="Other contacts", readonly=True)
    complaint_count = fields.Integer(string="Complaints", readonly=True)
    effort_hours = fields.Float(string="Hours spent", readonly=True)
    concession_cost = fields.Monetary(string="Concessions", readonly=True)
    late_cost = fields.Monetary(
        string="Cost of late payment",
        readonly=True,
        help="Interest on what was, or is, paid after its day.",
    )
    serve_known = fields.Boolean(string="Cost known", readonly=True)
    serve_cost = fields.Monetary(string="Cost to serve", readonly=True)
    net_margin = fields.Monetary(
        string="Left after cost to serve",
        readonly=True,
        help="Gross margin of 12 months less the cost to serve.",
    )
    is_unprofitable = fields.Boolean(string="Costs more than it brings", readonly=True)

    # Length, depth, breadth (V12)
    repeat_count = fields.Integer(string="Repeat orders", readonly=True)
    category_count = fields.Integer(string="Product categories bought", readonly=True)
    referred_count = fields.Integer(string="Customers referred", readonly=True)
    referred_turnover = fields.Monetary(string="Referred turnover", readonly=True)

    # Query: the engine's comparison, and the value of a file.
    _customer_unique = models.UniqueIndex("(customer_id)")
