import io
from datetime import date

import openpyxl
from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .product_common import ProductCase

TODAY = date(2026, 3, 16)
# A white square of one pixel.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
    b"IQAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install", "followup_crm", "product")
@freeze_time("2026-03-16 08:00:00")
class TestProductTracking(ProductCase):
    def test_start(self):
        """K3: with an order, its quantity; before one, neither is needed."""
        self.assertRegex(self.tracking.name, r"^PRT/2026/\d{4}$")
        self.assertEqual(self.tracking.quantity, 500)
        self.assertEqual(self.tracking.user_id, self.user_own)
        early = self._track(order_id=False, quantity=40)
        self.assertFalse(early.order_id)
        self.assertEqual(early.quantity, 40)
        early.order_id = self.order
        self.assertEqual(early.quantity, 500)

    def test_date_wanted_is_the_order_s(self):
        """K3: the delivery date of the order, in the user's time zone."""
        self.order.commitment_date = "2026-05-31 23:30:00"
        self.assertEqual(self.tracking.date_wanted, date(2026, 5, 31))
        shanghai = self.tracking.with_context(tz="Asia/Shanghai")
        self.env.add_to_compute(shanghai._fields["date_wanted"], shanghai)
        self.assertEqual(shanghai.date_wanted, date(2026, 6, 1))

    def test_dialog(self):
        """K3: one dialog starts a tracking for each product of an order."""
        self.tracking.action_cancel()
        dialogs = self.env["followup.product.tracking.new"].with_env(self.tracking.env)
        dialog = dialogs.create(
            {
                "customer_id": self.customer.id,
                "order_id": self.order.id,
                "product_ids": [(6, 0, self.product.ids)],
            }
        )
        action = dialog.action_start()
        made = self.tracking.browse(action["res_id"])
        self.assertEqual(made.order_id, self.order)
        self.assertEqual(self.order.fcrm_product_tracking_count, 2)

    def test_order_must_fit(self):
        """K3, attack 7: the order is the customer's and has the product."""
        foreign = self._create_order(self.foreign)
        with self.assertRaises(UserError):
            self.tracking.order_id = foreign
        other = self.env["product.product"].create({"name": "Parka"})
        with self.assertRaisesRegex(ValidationError, "is not on order"):
            self.tracking.product_id = other

    def test_way(self):
        """K3: agreed, sampled, made, inspected, released: each step when it is due."""
        tracking = self.tracking
        with self.assertRaisesRegex(UserError, "who agreed"):
            tracking.action_produce()
        tracking._agree("Anna Berg", TODAY)
        self.assertEqual(tracking.state, "sampling")
        self.assertEqual(tracking.specification_agreed_by, "Anna Berg")
        self.assertEqual(tracking.specification_user_id, self.user_own)
        sample = self._detail("sample", kind="sealed")
        with self.assertRaisesRegex(UserError, "not approved yet|is not"):
            tracking.action_produce()
        sample.action_approve()
        tracking.action_produce()
        tracking.action_inspect()
        with self.assertRaisesRegex(UserError, "no accepted final inspection"):
            tracking.action_release()
        self._detail("inspection", kind="mid", lot_size=500).action_accept()
        with self.assertRaises(UserError):
            tracking.action_release()
        self._detail("inspection", kind="final", lot_size=500).action_accept()
        tracking.action_release()
        self.assertEqual(tracking.state, "released")
        with self.assertRaises(UserError):
            tracking.action_cancel()

    def test_undo(self):
        """K3: a step back to the specification forgets who agreed."""
        self.tracking._agree("Anna Berg", TODAY)
        self.tracking.action_back()
        self.assertEqual(self.tracking.state, "specification")
        self.assertFalse(self.tracking.specification_agreed_by)
        with self.assertRaises(UserError):
            self.tracking.action_back()

    def test_promised_and_made(self):
        """K3: deviations and open problems are counted."""
        self._detail("characteristic", name="Chest", promised="58", result="ok")
        self._detail("characteristic", name="Sleeve", promised="64", result="deviates")
        problem = self._detail("problem", name="Fabric late")
        self.assertEqual(self.tracking.deviation_count, 1)
        self.assertEqual(self.tracking.open_problem_count, 1)
        problem.is_solved = True
        self.assertEqual(self.tracking.open_problem_count, 0)

    def test_history_over_orders(self):
        """K3: what was made of a product before, for this and other customers."""
        second = self._track(self.foreign, user=self.user_all)
        self._track(order_id=False).action_cancel()
        tracking = self._as(self.tracking, self.user_all)
        self.assertEqual(tracking.history_count, 1)
        found = tracking.search(tracking.action_open_history()["domain"])
        self.assertIn(second, found)
        mine = self._as(self.tracking, self.user_own)
        self.assertEqual(mine.history_count, 0)

    def test_pictures(self):
        """K3: pictures of samples belong to the product of the sample."""
        sample = self._detail("sample")
        pictures = self.env["followup.product.picture"].with_env(self.tracking.env)
        picture = pictures.create({"sample_id": sample.id, "image": PIXEL})
        self.assertEqual(picture.tracking_id, self.tracking)
        self.assertEqual(sample.picture_ids, picture)
        other = self._track(order_id=False)
        with self.assertRaises(ValidationError):
            pictures.create(
                {"tracking_id": other.id, "sample_id": sample.id, "image": PIXEL}
            )

    def test_linked_complaints(self):
        """K3: the customer's complaints about this product, not of another order."""
        complaints = self.env["followup.complaint"].with_env(self.tracking.env)
        second = self._create_order(self.customer)

        def complain(customer=None, **vals):
            vals = {"customer_id": (customer or self.customer).id, **vals}
            return complaints.sudo().create({"subject": "Off colour", **vals})

        own = complain(product_id=self.product.id, order_id=self.order.id)
        vague = complain(product_id=self.product.id)
        elsewhere = complain(product_id=self.product.id, order_id=second.id)
        complain()
        complain(self.foreign, product_id=self.product.id)
        self.tracking.invalidate_recordset(["complaint_count"])
        self.assertEqual(self.tracking.complaint_count, 2)
        action = self.tracking.action_open_complaints()
        self.assertEqual(complaints.search(action["domain"]), own | vague)
        early = self._track(order_id=False)
        self.assertEqual(early.complaint_count, 3)
        action = early.action_open_complaints()
        self.assertEqual(complaints.search(action["domain"]), own | vague | elsewhere)
        self.assertEqual(self._as(self.tracking, self.manager).complaint_count, 2)

    def test_files_that_become_one(self):
        """K3: trackings and their details move with the file."""
        sample = self._detail("sample")
        target = self._create_customer("Remains")
        self.customer._combine_into(target)
        self.assertEqual(self.tracking.customer_id, target)
        self.assertEqual(sample.customer_id, target)


@tagged("post_install", "-at_install", "followup_crm", "product")
class TestProductRegister(HttpCase, ProductCase):
    def test_on_paper_and_as_workbook(self):
        """S1: table 13-9, one row a product."""
        self.user_own.group_ids |= self.env.ref("base.group_allow_export")
        self._detail("sample", kind="fit")
        self.tracking.style_number = "ND-4711"
        action = self._as(self.tracking, self.user_own).action_print_register_xlsx()
        self.env.flush_all()
        self.authenticate(self.user_own.login, self.user_own.login)
        answer = self.url_open(action["url"])
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        cells = {cell for row in sheet.values for cell in row}
        self.assertLessEqual({self.tracking.name, "ND-4711", 500}, cells)
        self.assertIn("Fit sample 1: To be made", cells)
        reports = self._as(self.env["ir.actions.report"], self.user_own)
        content, _kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(
            "followup_crm.product_tracking_register_report", self.tracking.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join("".join(page.extract_text() for page in pages).split())
        for words in ("Product tracking", "ND-4711", "Nordkai"):
            self.assertIn(words, text)
