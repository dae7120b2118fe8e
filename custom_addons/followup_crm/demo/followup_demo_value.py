from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

# Product → pieces that lie in stock: the few that are not made to order.
STOCK = {"fleece": 5200, "oxford": 3400, "hi_vis": 6100, "work_trousers": 2600}
HOUR_COST = 18
# Customer → type, competitor, days since, reason, what was tried, what came of it.
LOSSES = {
    "stadium_row": (
        "ended_credit",
        None,
        310,
        "The new owner refuses to pay two invoices for goods delivered and accepted.",
        "Three talks with the new owner, a plan of six instalments.",
        "No instalment came. The claim is with the lawyers; no further orders taken.",
    ),
    "aegean_line": (
        "competition",
        "competitor_bosporus",
        420,
        "Delivery from Türkiye takes nine days by truck; ours takes five weeks by sea.",
        "Offered air freight at half the cost for the first two orders.",
        "They thanked us, and stayed with the shorter way.",
    ),
    "kivimetsa": (
        "our_fault",
        None,
        95,
        "The autumn knitwear came three weeks late two years running.",
        "Apology by our director, a deduction of 5 % on the last invoice.",
        "Ms Kivimetsä is still disappointed, but would look at a firm plan.",
    ),
}
# Customer → goal, days since the start, actions (days since, kind, what, cost, answer).
WINBACKS = {
    "kivimetsa": (
        "A trial order of 600 cardigans for early autumn",
        40,
        (
            (
                38,
                "talk",
                "Call by Lena: what would have to change",
                0,
                "On-time proof.",
            ),
            (24, "remedy", "Own line booked for July, plan sent", 120, "Liked it."),
            (-6, "visit", "Visit in Tampere with samples", 900, False),
        ),
    ),
    "nusantara": (
        "Denim for the next season",
        70,
        ((66, "offer", "Offer of selvedge at last year's price", 0, "No need yet."),),
    ),
}
FAILED = {"nusantara": "Closes its denim line; ask again in a year."}
# Customer → goal, index to reach, measures (what, days until, done).
LOYALTY_PLANS = {
    "svalan": (
        "First supplier of knitwear within a year",
        85,
        (
            ("Fixed capacity of 4,000 pieces a month from June", -20, True),
            ("Joint colour card for the winter", 15, False),
            ("Visit of the designer to our sample room", 50, False),
        ),
    ),
    "hanbit": (
        "A second product range: outerwear",
        75,
        (
            ("Show room samples of softshell and rain jackets", -5, False),
            ("Trial order without minimum quantity", 40, False),
        ),
    ),
}


class Demo(models.AbstractModel):
    """The value of the story's customers: losses, win-back, loyalty plans, stock."""

    _inherit = "followup.demo"

    @api.model
    def _load_value(self):
        """Fill the registers, compute month by month; a second call does nothing."""
        if self.env["followup.loss"].search_count([], limit=1):
            return
        demo = self.with_context(
            tracking_disable=True, mail_activity_quick_update=True, mail_notrack=True
        ).with_company(self.env.ref("base.main_company"))
        today = fields.Date.context_today(demo)
        demo._load_value_registers(today)
        # Key accounts look at turnover, complaints and what is overdue.
        demo._load_key_accounts(today)

    @api.model
    def _load_value_registers(self, today):
        customers = self._get_customers()
        self.env.company.fcrm_hour_cost = HOUR_COST
        self._load_stock()
        self._load_losses(customers, today)
        self._load_winbacks(customers, today)
        self.env.flush_all()
        engine = self.env["followup.value.engine"]
        first = today.replace(day=1)
        for months in range(11, -1, -1):
            day = first - relativedelta(months=months)
            engine._compute(self.env.company, day)
        engine._compute(self.env.company, today)
        schemes = self.env["followup.tier.scheme"].search(
            [("company_id", "=", self.env.company.id)]
        )
        self.env["followup.tier.engine"]._compute_schemes(
            schemes, notify=False, today=today
        )
        self._load_loyalty_plans(customers, today)

    @api.model
    def _load_stock(self):
        location = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        quants = self.env["stock.quant"]
        for name, pieces in STOCK.items():
            product = self._ref(f"product_{name}")
            product.is_storable = True
            quants |= quants.with_context(inventory_mode=True).create(
                {
                    "product_id": product.id,
                    "location_id": location.lot_stock_id.id,
                    "inventory_quantity": pieces,
                }
            )
        quants.action_apply_inventory()

    @api.model
    def _load_losses(self, customers, today):
        self.env["followup.loss"].create(
            [
                {
                    "customer_id": customers[name].id,
                    "kind": kind,
                    "competitor_id": competitor and self._ref(competitor).id,
                    "date": today - timedelta(days=days),
                    "reason": reason,
                    "tried": tried,
                    "outcome": outcome,
                    "user_id": customers[name].user_id.id,
                }
                for name, (
                    kind, competitor, days, reason, tried, outcome
                ) in LOSSES.items()
            ]
        )  # fmt: skip

    @api.model
    def _load_winbacks(self, customers, today):
        for name, (goal, days, steps) in WINBACKS.items():
            customer = customers[name]
            case = self.env["followup.winback"].create(
                {
                    "customer_id": customer.id,
                    "user_id": (customer.user_id or self._ref("user_grace")).id,
                    "loss_id": customer.loss_ids[:1].id,
                    "reason": customer.loss_ids[:1].reason,
                    "goal": goal,
                    "date_deadline": today + timedelta(days=45),
                    "step_ids": [
                        Command.create(
                            {
                                "date": today - timedelta(days=since),
                                "kind": kind,
                                "name": what,
                                "cost": cost,
                                "answer": answer,
                                "is_done": since > 0,
                            }
                        )
                        for since, kind, what, cost, answer in steps
                    ],
                }
            )
            case.action_start()
            case.start_date = today - timedelta(days=days)
            if name in FAILED:
                case.result = FAILED[name]
                case.action_fail()

    @api.model
    def _load_loyalty_plans(self, customers, today):
        for name, (goal, target, measures) in LOYALTY_PLANS.items():
            customer = customers[name]
            owner = customer.user_id or self._ref("user_grace")
            plan = self.env["followup.loyalty.plan"].create(
                {
                    "customer_id": customer.id,
                    "name": goal,
                    "user_id": owner.id,
                    "date_from": today - timedelta(days=60),
                    "date_to": today + timedelta(days=300),
                    "target_score": target,
                    "measure_ids": [
                        Command.create(
                            {
                                "name": what,
                                "user_id": owner.id,
                                "date_deadline": today + timedelta(days=days),
                                "is_done": is_done,
                            }
                        )
                        for what, days, is_done in measures
                    ],
                }
            )
            plan.action_start()
