from datetime import timedelta
from math import sin

from dateutil.relativedelta import relativedelta

from odoo import Command, api, models
from odoo.tools import SQL

from .order_plan import is_delivered, plan_all

# Units of the currency that a US dollar buys, and how far it swings.
RATES = {"EUR": (0.915, 0.032), "GBP": (0.782, 0.024)}
RATE_MONTHS = 38
# Younger orders have pickings of their own; older ones are marked as delivered.
PICKING_DAYS = 120
# So many of each customer's newest orders carry an external id: demo_order_<name>_1 …
NAMED_ORDERS = 3
TEAMS = {"user_diego": "team_americas_pacific", "user_priya": "team_asia_africa"}


class Demo(models.AbstractModel):
    """Exchange rates, orders and deliveries of the demonstration."""

    _inherit = "followup.demo"

    @api.model
    def _load_rates(self, today):
        """One rate a month and currency, from before the first order until today."""
        company = self.env.company
        months = [
            today.replace(day=1) - relativedelta(months=n) for n in range(RATE_MONTHS)
        ]
        self.env["res.currency.rate"].create(
            [
                {
                    "name": month,
                    "currency_id": self.env.ref(f"base.{code}").id,
                    "company_id": company.id,
                    "rate": middle + swing * sin((month.year * 12 + month.month) / 5),
                }
                for code, (middle, swing) in RATES.items()
                for month in months
            ]
        )

    @api.model
    def _load_orders(self, today):
        """Make all orders and quotations.

        :return: dict of the confirmed ``sale.order`` → its planned order
        """
        products = self._get_products()
        prices = {name: product.list_price for name, product in products.items()}
        plan = plan_all(today, prices)
        customers = self._get_customers()
        teams = self._get_teams()
        orders = self.env["sale.order"].create(
            [
                self._prepare_order_vals(
                    planned, customers[planned.customer], products, teams
                )
                for planned in plan
            ]
        )
        planned_of = dict(zip(orders, plan, strict=True))
        self._set_states(planned_of, today)
        confirmed = {
            order: planned
            for order, planned in planned_of.items()
            if planned.state == "sale"
        }
        self._name_orders(confirmed)
        self._deliver(confirmed, today)
        return confirmed

    @api.model
    def _get_products(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "followup_crm"),
                ("model", "=", "product.product"),
            ]
        )
        return {
            row.name.removeprefix("product_"): self.env["product.product"].browse(
                row.res_id
            )
            for row in data
        }

    @api.model
    def _get_teams(self):
        """Sales team of each user of the story; all others sell in Europe."""
        return {self._ref(user): self._ref(team) for user, team in TEAMS.items()}

    @api.model
    def _prepare_order_vals(self, planned, customer, products, teams):
        partner = customer.partner_id
        delivery = partner.child_ids.filtered(lambda child: child.type == "delivery")
        pricelist = partner.property_product_pricelist
        rate = self.env["res.currency"]._get_conversion_rate(
            self.env.company.currency_id,
            pricelist.currency_id,
            self.env.company,
            planned.placed.date(),
        )
        return {
            "partner_id": partner.id,
            "partner_invoice_id": partner.id,
            "partner_shipping_id": (delivery[:1] or partner).id,
            "company_id": self.env.company.id,
            "pricelist_id": pricelist.id,
            "payment_term_id": partner.property_payment_term_id.id,
            "user_id": customer.user_id.id,
            "team_id": teams.get(customer.user_id, self._ref("team_europe")).id,
            "date_order": planned.placed,
            "commitment_date": planned.delivery,
            "client_order_ref": f"PO-{planned.placed:%y%m%d}-{customer.id:03d}",
            "order_line": [
                Command.create(
                    {
                        "product_id": products[line.product].id,
                        "product_uom_qty": line.quantity,
                        "price_unit": round(
                            products[line.product].list_price
                            * line.price_factor
                            * rate,
                            2,
                        ),
                        "tax_ids": [],
                    }
                )
                for line in planned.lines
            ],
        }

    @api.model
    def _set_states(self, planned_of, today):
        """Confirm, cancel and send; only young orders get pickings."""
        young_from = today - timedelta(days=PICKING_DAYS)
        sets = {}
        for order, planned in planned_of.items():
            state = planned.state
            if state == "sale" and planned.placed.date() >= young_from:
                state = "young"
            sets.setdefault(state, self.env["sale.order"])
            sets[state] += order
        for state in ("sale", "cancel", "sent"):
            sets[state].write({"state": state})
        sets["young"].action_confirm()
        for order in sets["young"]:
            order.date_order = planned_of[order].placed

    @api.model
    def _name_orders(self, confirmed):
        """External ids for the newest orders, so that other files can name them."""
        numbers, names = {}, []
        for order, planned in reversed(confirmed.items()):
            number = numbers[planned.customer] = numbers.get(planned.customer, 0) + 1
            if number <= NAMED_ORDERS:
                xml_id = f"followup_crm.demo_order_{planned.customer}_{number}"
                names.append({"xml_id": xml_id, "record": order, "noupdate": True})
        self.env["ir.model.data"]._update_xmlids(names)

    @api.model
    def _deliver(self, confirmed, today):
        """Deliver what has left: by pickings if there are any, else by the figures."""
        done = [o for o, planned in confirmed.items() if is_delivered(planned, today)]
        pickings = self.env["sale.order"].concat(*done).picking_ids
        pickings.button_validate()
        for picking in pickings:
            picking.date_done = picking.sale_id.commitment_date
            picking.move_ids.date = picking.date_done
        without = [order.id for order in done if not order.picking_ids]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order_line
                   SET qty_delivered = product_uom_qty
                 WHERE order_id IN %s
                """,
                tuple(without),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order
                   SET delivery_status = 'full', effective_date = commitment_date
                 WHERE id IN %s
                """,
                tuple(without),
            )
        )
        self.env.invalidate_all()
