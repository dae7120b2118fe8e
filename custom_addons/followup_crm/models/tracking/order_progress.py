from odoo import fields, models
from odoo.tools import formatLang

# A customer reads of so many products of an order.
PRODUCTS_SHOWN = 3


class OrderTracking(models.Model):
    """What a customer is told of its orders, in plain words (K6, K8).

    The portal and the order status report show what is returned here and nothing else:
    no causes, no colleagues, no stages that are ours alone.
    """

    _inherit = "followup.order.tracking"

    def _get_progress(self):
        """The progress of these orders as plain values, in the language of the context.

        :return: list of dicts: ``id``, ``order``, ``reference``, ``products``,
            ``ordered``, ``promised``, ``expected`` (dates), ``now`` and ``next``
            (texts), ``percent``, ``steps`` (dicts with ``name``, ``date``, ``done``)
        """
        # Elevated: callers choose trackings that the customer may know of; what is
        # taken from the order is what it ordered itself.
        return [tracking._get_progress_of_one() for tracking in self.sudo()]

    def _get_progress_of_one(self):
        steps = self._get_progress_steps()
        done = [step["name"] for step in steps if step["done"]]
        coming = [step for step in steps if not step["done"]]
        promised, expected = self.delivery_date, self.forecast_delivery_date
        return {
            "id": self.id,
            "order": self.order_id.name,
            "reference": self.order_id.client_order_ref or "",
            "products": self._get_progress_products(),
            "ordered": self.order_date,
            "promised": promised,
            "expected": expected or promised,
            "is_late": bool(expected and promised and expected > promised),
            "now": done[-1] if done else self.env._("Order received"),
            "next": coming[0]["name"] if coming else "",
            "next_date": coming[0]["date"] if coming else None,
            "percent": round(100 * len(done) / len(steps)) if steps else 0,
            "steps": steps,
        }

    def _get_progress_steps(self):
        """The stages shown to the customer; of several lots each has its own."""
        several = len(self.lot_ids) > 1
        steps = []
        for milestone in self.milestone_ids.filtered("type_id.is_shown"):
            name = milestone.type_id.customer_name or milestone.type_id.name
            steps.append(
                {
                    "name": f"{milestone.lot_id.name}: {name}" if several else name,
                    "date": milestone.actual_date or milestone.forecast_date,
                    "done": bool(milestone.actual_date),
                }
            )
        return sorted(
            steps, key=lambda s: (not s["done"], s["date"] or fields.Date.today())
        )

    def _get_progress_products(self):
        """The first products of the order with their quantities."""
        lines = self.order_id.order_line.filtered(
            lambda line: line.product_id and not line.display_type
        )
        names = [
            f"{formatLang(self.env, line.product_uom_qty, digits=0)}"
            f" {line.product_uom_id.name} {line.product_id.name}"
            for line in lines[:PRODUCTS_SHOWN]
        ]
        return ", ".join(names) + (" …" if len(lines) > PRODUCTS_SHOWN else "")
