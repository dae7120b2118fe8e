from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .product_common import ProductCase


@tagged("post_install", "-at_install", "followup_crm", "product")
@freeze_time("2026-03-16 08:00:00")
class TestProductInspection(ProductCase):
    def _inspect(self, major=0, minor=0, critical=0, **vals):
        inspection = self._detail("inspection", **{"lot_size": 1200, **vals})
        found = {"major": major, "minor": minor, "critical": critical}
        self.env["followup.product.defect"].with_env(self.tracking.env).create(
            [
                {
                    "inspection_id": inspection.id,
                    "severity": severity,
                    "quantity": quantity,
                }
                for severity, quantity in found.items()
                if quantity
            ]
        )
        return inspection

    def test_plan(self):
        """K3: lot 1200, level II, AQL 0/2.5/4.0: 80 pieces, 0, 5 and 7 pass."""
        inspection = self._inspect()
        self.assertEqual(inspection.code_letter, "J")
        self.assertEqual(inspection.sample_size, 80)
        accepted = [inspection[f"accept_{s}"] for s in ("critical", "major", "minor")]
        self.assertEqual(accepted, [0, 5, 7])
        self.assertIn("up to 5 pass, 6 or more reject", inspection.plan_note)

    def test_lot_is_the_order_s(self):
        """K3: the lot is what was ordered, unless somebody says otherwise."""
        inspection = self._detail("inspection")
        self.assertEqual(inspection.lot_size, 500)
        self.assertEqual(inspection.sample_size, 50)

    def test_largest_of_three_samples(self):
        """K3: an arrow may ask for more pieces: the largest sample serves all."""
        inspection = self._inspect(lot_size=60, aql_major="2.5", aql_minor="4.0")
        self.assertEqual(inspection.code_letter, "E")
        self.assertEqual(inspection.sample_size, 20)

    def test_verdict(self):
        """K3: as many as pass, and one more; any critical one rejects."""
        for found, verdict in (
            ({}, "pass"),
            ({"major": 5, "minor": 7}, "pass"),
            ({"major": 6}, "fail"),
            ({"minor": 8}, "fail"),
            ({"critical": 1}, "fail"),
            ({"inspected_count": 79}, "short"),
            ({"inspected_count": 80}, "pass"),
            ({"inspected_count": 20, "major": 6}, "fail"),
        ):
            self.assertEqual(self._inspect(**found).verdict, verdict, found)

    def test_defects_by_kind(self):
        """K3: a kind of defect brings its usual severity, which may be changed."""
        needle = self.env.ref("followup_crm.defect_type_needle")
        inspection = self._detail("inspection")
        defects = self.env["followup.product.defect"].with_env(self.tracking.env)
        defect = defects.create({"inspection_id": inspection.id, "type_id": needle.id})
        self.assertEqual(defect.severity, "critical")
        self.assertEqual(inspection.critical_count, 1)
        defect.severity = "major"
        self.assertEqual(inspection.critical_count, 0)
        self.assertEqual(defect.customer_id, self.customer)

    def test_decision(self):
        """K3: accepted only where it passes; else a concession, with who gave it."""
        inspection = self._inspect(major=6)
        with self.assertRaisesRegex(UserError, "does not pass"):
            inspection.action_accept()
        with self.assertRaisesRegex(UserError, "who at the customer"):
            inspection.action_concede()
        inspection.concession = "Anna Berg, 3 % off"
        inspection.action_concede()
        self.assertEqual(inspection.result, "concession")
        self.assertEqual(inspection.decision_user_id, self.user_own)
        self.assertEqual(inspection.decided_on, date(2026, 3, 16))

    def test_decided_figures_stay(self):
        """K3: nobody changes what a decision was based on."""
        inspection = self._inspect(major=2)
        inspection.action_accept()
        with self.assertRaisesRegex(UserError, "keeps its figures"):
            inspection.lot_size = 10
        with self.assertRaises(UserError):
            inspection.defect_ids.quantity = 1
        with self.assertRaises(UserError):
            inspection.defect_ids.unlink()
        with self.assertRaises(UserError):
            inspection.unlink()
        with self.assertRaises(UserError):
            self.env["followup.product.defect"].with_env(self.tracking.env).create(
                {"inspection_id": inspection.id, "severity": "minor"}
            )
        with self.assertRaises(AccessError):
            inspection.result = "rejected"
        inspection.action_reopen()
        inspection.defect_ids.quantity = 1

    def test_lots_that_cannot_be(self):
        """K3: a lot of one piece is not sampled, nor more pieces than there are."""
        with self.assertRaises(ValidationError):
            self._inspect(lot_size=1)
        with self.assertRaises(ValidationError):
            self._inspect(inspected_count=1201)
