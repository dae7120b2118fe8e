from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderTracking(TrackingCase):
    """K1: one tracking per confirmed order, which follows the order."""

    def test_confirming_makes_one(self):
        order = self._create_order()
        self.assertFalse(self._tracking_of(order))
        order.action_confirm()
        tracking = self._tracking_of(order)
        self.assertEqual(tracking.customer_id, self.customer)
        self.assertEqual(tracking.template_id, self.template)
        self.assertEqual(tracking.user_id, self.user_own)
        self.assertEqual(tracking.order_date, date(2026, 3, 2))
        self.assertEqual(tracking.delivery_date, date(2026, 4, 1))
        self.assertEqual(len(tracking.lot_ids), 1)
        self.assertEqual(len(tracking.milestone_ids), 7)
        self.assertEqual(tracking.progress, 14)  # the contract, 1 of 7
        self.assertEqual(tracking.next_type_id, self.types["deposit"])
        self.assertEqual(tracking.risk, "on_track")

    def test_existing_orders_on_demand_and_in_bulk(self):
        orders = [self._create_order() for _number in range(3)]
        for order in orders:
            order.state = "sale"
        orders[0].with_user(self.manager).sudo().action_fcrm_track()
        self.assertTrue(self._tracking_of(orders[0]))
        self.assertFalse(self._tracking_of(orders[1]))
        made = self.env["followup.order.tracking"]._create_missing()
        self.assertIn(orders[1], made.order_id)
        self.assertIn(orders[2], made.order_id)
        self.assertNotIn(orders[0], made.order_id)

    def test_all_open_orders_are_taken_in_by_managers(self):
        order = self._create_order()
        order.state = "sale"
        trackings = self.env["followup.order.tracking"]
        with self.assertRaises(AccessError):
            self._as(trackings, self.user_all).action_take_in()
        self._as(trackings, self.manager).action_take_in()
        self.assertTrue(self._tracking_of(order))

    def test_made_with_few_queries(self):
        """K1: the number of statements does not grow with the orders."""
        counts = []
        for number in (2, 12):
            orders = self.env["sale.order"].browse()
            for _number in range(number):
                orders += self._create_order()
            orders.write({"state": "sale"})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["followup.order.tracking"]._create_missing(orders)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_template_by_rule(self):
        """K1: the first template whose conditions an order meets."""
        knit = self.env["product.category"].create({"name": "Knit"})
        fine = self.env["product.category"].create(
            {"name": "Fine knit", "parent_id": knit.id}
        )
        incoterm = self.env["account.incoterms"].search([], limit=1)
        team = self.env["crm.team"].create(
            {"name": "Asia", "company_id": self.company_a.id}
        )
        by_category = self._create_template(
            "Knit", sequence=1, category_ids=[(4, knit.id)]
        )
        by_customer = self._create_template(
            "Brightwell", sequence=2, customer_ids=[(4, self.other.id)]
        )
        by_incoterm = self._create_template(
            "Term", sequence=3, incoterm_ids=[(4, incoterm.id)]
        )
        by_team = self._create_template("Asia", sequence=4, team_ids=[(4, team.id)])
        self.assertEqual(self._track().template_id, self.template)
        self.assertEqual(self._track(self.other).template_id, by_customer)
        self.assertEqual(self._track(incoterm=incoterm.id).template_id, by_incoterm)
        self.assertEqual(self._track(team_id=team.id).template_id, by_team)
        self.product.categ_id = fine
        self.assertEqual(self._track(self.other).template_id, by_category)

    def test_without_a_promise_the_usual_time_counts(self):
        tracking = self._track(promised=False)
        self.assertEqual(tracking.delivery_date, date(2026, 4, 1))  # 30 days

    def test_changes_of_the_order(self):
        """K1: quantity, date and cancelling reach the tracking with a note."""
        tracking = self._track()
        order = tracking.order_id
        order.order_line.product_uom_qty = 25
        self.assertIn("25", tracking.message_ids[0].body)
        self.assertIn("10", tracking.message_ids[0].body)
        order.commitment_date = "2026-04-08 12:00:00"
        self.assertEqual(tracking.delivery_date, date(2026, 4, 8))
        self.assertEqual(
            self._milestone(tracking, "shipment").planned_date, date(2026, 4, 8)
        )
        self.assertIn("promised", tracking.message_ids[0].body.lower())
        order._action_cancel()
        self.assertEqual(tracking.state, "cancel")
        self.assertIn("cancelled", tracking.message_ids[0].body)
        with self.assertRaises(UserError):
            self._milestone(tracking, "materials").action_done()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(tracking.state, "open")
        self.assertEqual(self._tracking_of(order), tracking)

    def test_protected_fields(self):
        tracking = self._as(self._track(), self.user_own)
        for vals in ({"state": "done"}, {"risk": "late"}, {"progress": 100}):
            with self.assertRaises(AccessError):
                tracking.write(vals)
        milestone = self._milestone(tracking, "materials")
        with self.assertRaises(AccessError):
            milestone.forecast_date = "2026-03-03"
        with self.assertRaises(UserError):
            milestone.planned_date = "2026-03-03"
        with self.assertRaises(AccessError):
            self.env["followup.order.tracking"].with_user(self.user_all).create(
                {"order_id": self._create_order().id, "customer_id": self.customer.id}
            )

    def test_new_merchandiser_takes_over(self):
        tracking = self._track()
        tracking.user_id = self.user_all
        self.assertEqual(self._milestone(tracking, "materials").user_id, self.user_all)

    def test_tier_first(self):
        """K5: customers of the first class come first in the list."""
        plain, first = self._track(), self._track(self.other)
        self.other.sudo().tier_sequence = 10
        (plain | first)._refresh()
        found = self.env["followup.order.tracking"].search(
            [("id", "in", (plain | first).ids)]
        )
        self.assertEqual(found[0], first)
        self.assertEqual((first.tier_sequence, plain.tier_sequence), (10, 999))
        self.other.sudo().tier_sequence = 20
        self.env.flush_all()
        self.env["followup.tier.engine"]._mirror_tier_orders(self.company_a)
        self.env.invalidate_all()
        self.assertEqual((first.tier_sequence, plain.tier_sequence), (20, 999))

    def test_merging_customers_keeps_the_trackings(self):
        tracking = self._track(self.other)
        self.other._combine_into(self.customer)
        self.assertEqual(tracking.customer_id, self.customer)
