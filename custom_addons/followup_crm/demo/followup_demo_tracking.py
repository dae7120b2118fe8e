from datetime import timedelta
from random import Random

from odoo import api, models
from odoo.tools import SQL

# One order in so many that has not left yet is held up.
HELD_UP = 4
CAUSES = (
    "The dye house is full until next week",
    "Zips came in the wrong colour",
    "The customer's comments on the sample came late",
    "Power cut at the factory for two days",
    "300 m of shell fabric failed the colour test",
)
# Customer → what it wants on each order.
REQUIREMENTS = {
    "nordwind": (
        ("packing", "Cartons of at most 15 kg", "Single wall is refused at the gate."),
        (
            "labels",
            "EAN label on each polybag and carton",
            "60 × 40 mm.",
        ),
        ("tests", "Test report OEKO-TEX Standard 100", "Not older than twelve months."),
        ("documents", "Original invoice three times, signed", ""),
    ),
    "cascadia": (
        ("packing", "Pallets of 120 × 100 cm, shrink-wrapped", ""),
        ("labels", "UCC-128 label on two sides of each carton", ""),
        ("documents", "Advance ship notice 48 hours before arrival", ""),
    ),
    "hoshizora": (
        ("tests", "Needle detection of every piece, with record", ""),
        ("packing", "No staples, no plastic pins", ""),
    ),
}
# Customer → kind, what happened, cause, decision, days ago it was told (None: open).
EXCEPTIONS = {
    "nordwind": (
        "shortage",
        "300 m of shell fabric failed the colour test",
        "Wrong recipe at the dye house",
        "The mill weaves it again, at its own cost",
        2,
    ),
    "brightwell": (
        "change",
        "The customer wants 200 pieces fewer in navy",
        "Its own sales are slow",
        False,
        None,
    ),
    "maison_lavaud": (
        "delay",
        "The vessel leaves four days later than booked",
        "Omitted port call",
        "Keep the booking; air freight is too dear",
        1,
    ),
}
# The customer whose next order is delivered in two parts.
IN_PARTS = "harrow_pine"
CREDIT_LETTERS = ("al_noor", "golden_harbour")


class Demo(models.AbstractModel):
    """Orders under way in the demonstration: on track, at risk, late."""

    _inherit = "followup.demo"

    @api.model
    def _load_trackings(self, planned_of, today):
        """Let the young orders be as far as they are today.

        :param planned_of: confirmed ``sale.order`` → its planned order
        """
        self._load_requirements()
        trackings = self.env["followup.order.tracking"].search(
            [("order_id", "in", [order.id for order in planned_of])]
        )
        self._date_back(trackings)
        trackings._refresh()
        rows = []
        for number, tracking in enumerate(trackings.sorted("order_date")):
            delivered = tracking.order_id.delivery_status == "full"
            held_up = not delivered and number % HELD_UP == 0
            rows += self._plan_milestones(tracking, held_up, delivered, today)
        self._write_milestones(rows)
        self._load_credit_letters(trackings)
        self._load_exceptions(trackings, today)
        self._load_lots(trackings)
        trackings._refresh()
        self._drop_messages(trackings)

    @api.model
    def _date_back(self, trackings):
        """The orders were confirmed when they were placed, not today."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_order_tracking t
                   SET order_date = o.date_order::date
                  FROM sale_order o
                 WHERE o.id = t.order_id AND t.id = ANY(%(ids)s)
                """,
                ids=trackings.ids,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_order_milestone m
                   SET actual_date = NULL, planned_date = NULL
                 WHERE m.tracking_id = ANY(%(ids)s)
                """,
                ids=trackings.ids,
            )
        )
        self.env.invalidate_all()

    @api.model
    def _plan_milestones(self, tracking, held_up, delivered, today):
        """(milestone, done on, expected on, cause) of one order."""
        rng = Random(f"tracking {tracking.order_id.name}")
        rows, stopped = [], False
        stop_at = rng.choice(("materials", "sample", "mid_inspection"))
        for milestone in tracking.milestone_ids.sorted("sequence"):
            kind = milestone.type_id
            if held_up and kind == self._ref(f"milestone_type_{stop_at}"):
                if milestone.planned_date <= today:
                    date = today + timedelta(days=rng.randint(2, 9))
                    rows.append((milestone.id, None, date, rng.choice(CAUSES)))
                    stopped = True
                    continue
            leaves = milestone.completes == "picking"
            done = milestone.planned_date + timedelta(days=rng.choice((-1, 0, 0, 0)))
            if stopped or done >= today or (leaves and not delivered):
                stopped = stopped or leaves
                continue
            rows.append((milestone.id, max(done, tracking.order_date), None, None))
        return rows

    @api.model
    def _write_milestones(self, rows):
        ids, done, expected, causes = map(list, zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_order_milestone m
                   SET actual_date = v.done, expected_date = v.expected,
                       delay_cause = v.cause
                  FROM unnest(%s::int[], %s::date[], %s::date[], %s::text[])
                       AS v(id, done, expected, cause)
                 WHERE v.id = m.id
                """,
                ids,
                done,
                expected,
                causes,
            )
        )
        self.env.invalidate_all()

    @api.model
    def _load_requirements(self):
        customers = self._get_customers()
        self.env["followup.requirement"].create(
            [
                {
                    "customer_id": customers[name].id,
                    "sequence": 10 * number,
                    "group": group,
                    "name": text,
                    "description": details,
                }
                for name, wanted in REQUIREMENTS.items()
                for number, (group, text, details) in enumerate(wanted, 1)
            ]
        )

    @api.model
    def _get_open_of(self, trackings, name):
        """The open order of a customer that leaves next; its goods are still here."""
        customer = self._get_customers()[name]
        found = trackings.filtered(
            lambda t: (
                t.customer_id.id == customer.id
                and t.state == "open"
                and any(
                    m.type_id.is_delivery and not m.actual_date for m in t.milestone_ids
                )
            )
        )
        return found.sorted("delivery_date")[:1]

    @api.model
    def _load_credit_letters(self, trackings):
        for number, name in enumerate(CREDIT_LETTERS, 1):
            tracking = self._get_open_of(trackings, name)
            if tracking:
                date = tracking.delivery_date
                tracking.write(
                    {
                        "lc_number": f"LC-{date:%y}-{4700 + number}",
                        "lc_latest_shipment": date + timedelta(days=3),
                        "lc_presentation": date + timedelta(days=18),
                        "lc_expiry": date + timedelta(days=24),
                    }
                )

    @api.model
    def _load_exceptions(self, trackings, today):
        for name, (kind, what, cause, decision, told) in EXCEPTIONS.items():
            tracking = self._get_open_of(trackings, name)
            if not tracking:
                continue
            exception = self.env["followup.order.exception"].create(
                {
                    "tracking_id": tracking.id,
                    "kind": kind,
                    "name": what,
                    "cause": cause,
                    "decision": decision,
                    "user_id": tracking.user_id.id,
                    "date": today - timedelta(days=4),
                }
            )
            if told is not None:
                exception.action_decide()
                exception.write(
                    {
                        "told_date": today - timedelta(days=told),
                        "told_user_id": tracking.user_id.id,
                        "told_how": "By telephone",
                    }
                )
            if kind == "shortage":
                exception.action_make_action()

    @api.model
    def _load_lots(self, trackings):
        """One order is delivered in two parts, three weeks apart."""
        tracking = self._get_open_of(trackings, IN_PARTS)
        if tracking:
            lot = tracking.lot_ids
            tracking._split_off(
                lot,
                {line: qty // 2 for line, qty in lot._get_quantities().items()},
                {
                    "name": "Lot 2",
                    "delivery_date": lot.delivery_date + timedelta(days=21),
                },
            )
