import base64
import io
from datetime import timedelta
from random import Random

from PIL import Image, ImageDraw

from odoo import api, models

# Products whose making is tracked: the newest orders of these customers.
TRACKED = (
    "nordwind",
    "cascadia",
    "maison_lavaud",
    "svalan",
    "brightwell",
    "blauwbaan",
    "hoshizora",
    "corsini",
)
ORDERS_EACH = 2
MEASURES = (
    ("Chest, size L", "58.0 cm", "± 1.0 cm", "58.4 cm", "ok"),
    ("Body length, size L", "73.0 cm", "± 1.0 cm", "72.6 cm", "ok"),
    ("Sleeve, size L", "66.0 cm", "± 1.0 cm", "67.4 cm", "deviates"),
    ("Fabric weight", "240 g/m²", "± 5 %", "236 g/m²", "ok"),
    ("Colour fastness to washing", "4", "≥ 4", "4-5", "ok"),
)
COMMENTS = (
    "Collar 5 mm too high; pocket bag in the main colour, please.",
    "Shade is too warm against the approved lab dip.",
    "Zip puller as on the sealed sample, not the plain one.",
)
DEFECTS = (
    ("thread", 3),
    ("stain", 1),
    ("measurement", 2),
    ("open_seam", 1),
    ("shade", 2),
)
COLOURS = {
    "development": (214, 205, 190),
    "pre_production": (42, 74, 94),
    "sealed": (120, 44, 38),
    "final": (96, 108, 92),
}


class Demo(models.AbstractModel):
    """Products of the demonstration: specifications, samples, inspections, problems."""

    _inherit = "followup.demo"

    @api.model
    def _load_products(self, orders, today):
        """Track the products of the newest orders of some customers.

        :param orders: dict of ``sale.order`` → its planned order
        """
        customers, trackings = self._get_customers(), []
        for name in TRACKED:
            own = [(o, p) for o, p in orders.items() if p.customer == name]
            for order, plan in own[-ORDERS_EACH:]:
                rng = Random(f"product {name} {(today - plan.delivery).days}")
                for line in order.order_line:
                    trackings.append(
                        self._track_product(customers[name], line, plan, today, rng)
                    )
        trackings.append(self._track_without_order(customers["nordwind"], today))
        self._drop_messages(trackings)

    @api.model
    def _track_product(self, customer, line, plan, today, rng):
        left = (plan.delivery - today).days
        state = "released" if left < 0 else "inspection" if left < 8 else "production"
        state = "sampling" if left > 35 else state
        contact = customer.person_in_charge_id.name or customer.name
        agreed = plan.placed.date() + timedelta(days=3)
        tracking = self.env["followup.product.tracking"].create(
            {
                "customer_id": customer.id,
                "user_id": customer.user_id.id,
                "product_id": line.product_id.id,
                "order_id": line.order_id.id,
                "state": state,
                "style_number": f"{customer.code[-3:]}-{line.product_id.id:04d}",
                "specification": f"<p>{line.product_id.description_sale or ''}</p>",
                "specification_agreed_on": min(agreed, today),
                "specification_agreed_by": contact,
                "specification_user_id": customer.user_id.id,
                "packing": "One piece in a recycled polybag, 24 pieces in a carton.",
                "pieces_per_carton": 24,
                "carton_size": "60 × 40 × 35",
                "carton_weight": 14.5,
            }
        )
        self._add_characteristics(tracking, checked=state in ("inspection", "released"))
        self._add_samples(tracking, agreed, today, contact, rng)
        if state in ("inspection", "released"):
            self._add_inspection(tracking, min(plan.delivery, today), state, rng)
        if rng.random() < 0.4:
            self._add_problem(tracking, today, state)
        return tracking

    @api.model
    def _track_without_order(self, customer, today):
        """A product that is still talked about: no order yet."""
        tracking = self.env["followup.product.tracking"].create(
            {
                "customer_id": customer.id,
                "user_id": customer.user_id.id,
                "product_id": self._ref("product_softshell").id,
                "style_number": "ND-LONG",
                "quantity": 600,
                "specification": "<p>Softshell in long lengths, sizes M to 3XL</p>",
                "date_wanted": today + timedelta(days=120),
            }
        )
        self._add_sample(
            tracking,
            {
                "kind": "development",
                "state": "sent",
                "date_wanted": today - timedelta(days=6),
                "sent_on": today - timedelta(days=5),
            },
        )
        return tracking

    @api.model
    def _add_characteristics(self, tracking, checked):
        self.env["followup.product.characteristic"].create(
            [
                {
                    "tracking_id": tracking.id,
                    "sequence": number,
                    "name": name,
                    "promised": promised,
                    "tolerance": tolerance,
                    "made": made if checked else False,
                    "result": result if checked else False,
                }
                for number, (name, promised, tolerance, made, result) in enumerate(
                    MEASURES
                )
            ]
        )

    @api.model
    def _add_samples(self, tracking, agreed, today, contact, rng):
        """Pre-production samples in one or two rounds, then the sealed one."""
        rejected = rng.random() < 0.35
        rounds = ["rejected"] if rejected else []
        if tracking.state == "sampling":
            rounds.append("sent")
        else:
            rounds += ["comments" if rng.random() < 0.3 else "approved"]
        for number, state in enumerate(rounds):
            sent = min(agreed + timedelta(days=6 + 9 * number), today)
            vals = {
                "kind": "pre_production",
                "state": state,
                "date_wanted": sent,
                "sent_on": sent,
                "sent_to_id": tracking.customer_id.person_in_charge_id.id,
                "sent_reference": f"77 3301 {tracking.id:04d}",
            }
            if state in ("rejected", "comments"):
                vals["comments"] = rng.choice(COMMENTS)
            if state != "sent":
                vals["decided_on"] = min(sent + timedelta(days=6), today)
                vals["decided_by"] = contact
            self._add_sample(tracking, vals)
        if tracking.state != "sampling":
            day = min(agreed + timedelta(days=24), today)
            vals = {"kind": "sealed", "date_wanted": day, "sent_on": day}
            vals |= {"decided_on": day, "decided_by": contact, "state": "approved"}
            self._add_sample(tracking, vals)

    @api.model
    def _add_sample(self, tracking, vals):
        sample = self.env["followup.product.sample"].create(
            {"tracking_id": tracking.id, **vals}
        )
        self._add_picture(sample.kind, sample_id=sample.id, tracking_id=tracking.id)

    @api.model
    def _add_inspection(self, tracking, day, state, rng):
        inspection = self.env["followup.product.inspection"].create(
            {
                "tracking_id": tracking.id,
                "kind": "final",
                "date": day - timedelta(days=2),
                "inspector": "Meridian quality team",
                "lot_size": max(2, round(tracking.quantity)),
                "cartons_opened": 8,
                "packing_result": "ok",
            }
        )
        self.env["followup.product.defect"].create(
            [
                {
                    "inspection_id": inspection.id,
                    "type_id": self._ref(f"defect_type_{name}").id,
                    "quantity": rng.randint(1, most),
                }
                for name, most in rng.sample(DEFECTS, 3)
            ]
        )
        self._add_picture("final", inspection_id=inspection.id, tracking_id=tracking.id)
        if state == "released":
            passes = inspection.verdict == "pass"
            inspection.write(
                {
                    "result": "accepted" if passes else "concession",
                    "decided_on": day - timedelta(days=2),
                    "decision_user_id": tracking.user_id.id,
                    "concession": False if passes else "Accepted against 2 % rebate.",
                }
            )

    @api.model
    def _add_problem(self, tracking, today, state):
        solved = state == "released"
        self.env["followup.product.problem"].create(
            {
                "tracking_id": tracking.id,
                "date": today - timedelta(days=9),
                "name": "Zips from the mill a week late",
                "cause": "The mill's dye house stood still",
                "measure": "Zips of the second supplier, tested and agreed",
                "user_id": tracking.user_id.id,
                "date_deadline": today + timedelta(days=3),
                "is_solved": solved,
                "customer_told": solved,
            }
        )

    @api.model
    def _add_picture(self, kind, **owner):
        """A swatch of woven cloth in the colour of its kind."""
        colour = COLOURS.get(kind, (150, 150, 150))
        image = Image.new("RGB", (240, 180), colour)
        draw = ImageDraw.Draw(image)
        dark = tuple(max(0, part - 22) for part in colour)
        for place in range(0, 420, 6):
            draw.line([(place, 0), (place - 180, 180)], fill=dark, width=2)
        stream = io.BytesIO()
        image.save(stream, "PNG")
        self.env["followup.product.picture"].create(
            {**owner, "image": base64.b64encode(stream.getvalue())}
        )
