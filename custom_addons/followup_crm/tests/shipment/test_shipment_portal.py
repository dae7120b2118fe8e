from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .shipment_common import ShipmentCase

PDF = b"JVBERi0xLjQK"
SVG = b"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipmentPortal(HttpCase, ShipmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_portal_user(cls.customer, "buyer")
        cls.stranger = cls._create_portal_user(cls.foreign, "stranger")
        cls.shipment = cls._start(
            order_ids=cls.order.ids,
            picking_ids=cls.order.picking_ids.ids,
            port_loading_code="CNNGB",
            port_discharge_code="DEHAM",
            eta="2026-04-12",
            lc_number="LC-SECRET",
            notes="<p>Internal worry</p>",
        )
        cls.shipment.action_depart()
        cls.shipment.sudo()._log_event("damage", "Our own fault")
        cls.shipment.sudo()._log_event("transhipped", "In Singapore", public=True)
        documents = cls.shipment.document_ids
        cls.released, cls.hidden = documents[0], documents[1]
        (cls.released | cls.hidden).write({"file": PDF, "file_name": "invoice.pdf"})
        cls.released.action_release()
        cls.env.flush_all()

    def _url(self, shipment=None, document=None):
        url = f"/my/shipments/{(shipment or self.shipment).id}"
        return f"{url}/document/{document.id}" if document else url

    def test_customer_sees_progress(self):
        """K6: plain words, dates, what happened, and the documents released for it."""
        self.authenticate(self.buyer.login, self.buyer.login)
        listed = self.url_open("/my/shipments")
        self.assertEqual(listed.status_code, 200)
        self.assertIn(self.shipment.name, listed.text)
        page = self.url_open(self._url()).text
        for words in (
            "On the way from Ningbo to Hamburg, expected on 04/12/2026.",
            "PO-77",
            "Softshell",
            "In Singapore",
            "Commercial invoice",
        ):
            self.assertIn(words, page)
        answer = self.url_open(self._url(document=self.released))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content, b"%PDF-1.4\n")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("nosniff", answer.headers["X-Content-Type-Options"])

    def test_nothing_internal(self):
        """K6, attack 12: notes, credit, owner, tier, internal events stay with us."""
        self.authenticate(self.buyer.login, self.buyer.login)
        page = self.url_open(self._url()).text
        for words in (
            "Internal worry",
            "LC-SECRET",
            "Our own fault",
            self.user_own.name,
            "Packing list",
            "o_Chatter",
        ):
            self.assertNotIn(words, page)

    def test_foreign_is_as_if_it_did_not_exist(self):
        """K6, attacks 9 and 13: another's shipment and documents are not found."""
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertNotIn(self.shipment.name, self.url_open("/my/shipments").text)
        unknown = self.url_open("/my/shipments/987654321")
        self.assertEqual(unknown.status_code, 404)
        for url in (self._url(), self._url(document=self.released)):
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 404, url)
            self.assertNotIn(self.shipment.name, answer.text)

    def test_unreleased_documents(self):
        """K6, attack 13: not released, withdrawn, or of another shipment: 404."""
        self.authenticate(self.buyer.login, self.buyer.login)
        other = self._start()
        other.action_depart()
        self.env.flush_all()
        for url in (
            self._url(document=self.hidden),
            self._url(shipment=other, document=self.released),
        ):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        self.released.action_withdraw()
        self.env.flush_all()
        url = self._url(document=self.released)
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_attachment_behind_the_document(self):
        """K6, attack 13: the attachment itself is closed, released or not."""
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "followup.shipment.document"),
                    ("res_field", "=", "file"),
                    ("res_id", "in", (self.released | self.hidden).ids),
                ]
            )
        )
        self.assertEqual(len(attachments), 2)
        for user in (self.buyer, self.stranger):
            self.authenticate(user.login, user.login)
            for attachment in attachments:
                answer = self.url_open(f"/web/content/{attachment.id}")
                self.assertEqual(answer.status_code, 404)
            url = f"/web/content/followup.shipment.document/{self.released.id}/file"
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_scripts_are_text(self):
        """Attacks 13 and 17: an SVG is handed out as bytes, markup is shown as text."""
        self.released.write({"file": SVG, "file_name": "x.svg"})
        self.shipment.sudo()._log_event("other", "<script>x</script>", public=True)
        self.env.flush_all()
        self.authenticate(self.buyer.login, self.buyer.login)
        answer = self.url_open(self._url(document=self.released))
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")
        self.assertNotIn("<script>x</script>", self.url_open(self._url()).text)

    def test_planned_ones_are_not_shown_yet(self):
        """K6: what is only planned is our own business."""
        planned = self._start()
        self.env.flush_all()
        self.authenticate(self.buyer.login, self.buyer.login)
        self.assertEqual(self.url_open(self._url(planned)).status_code, 404)

    def test_no_login_no_page(self):
        """K6: visitors are asked to log in."""
        answer = self.url_open(self._url(), allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))
        self.assertIn("/web/login", answer.headers["Location"])

    def test_portal_users_read_nothing_by_api(self):
        """K6, attack 3: pages only; no model of ours is open to the portal."""
        for record in (self.shipment, self.released, self.shipment.sudo().event_ids):
            with self.assertRaises(AccessError):
                self._as(record, self.buyer).read(["id"])

    def test_state_sentences(self):
        """K6: each state says where the goods are."""
        shipment = self.shipment.sudo()
        sentences = []
        for vals in (
            {"state": "booked", "etd": "2026-03-20"},
            {"state": "under_way", "eta": False},
            {"atd": "2026-03-01", "etd": "2026-03-01", "eta": "2026-03-15"},
            {"state": "arrived", "atd": "2026-03-01", "ata": "2026-03-15"},
            {"state": "delivered", "delivered_on": "2026-03-16"},
            {"state": "cancelled"},
        ):
            shipment.write(vals)
            sentences.append(shipment._get_portal_values()["sentence"])
        self.assertEqual(
            sentences,
            [
                "Space is booked. Your goods leave on 03/20/2026.",
                "On the way from Ningbo to Hamburg.",
                "On the way from Ningbo to Hamburg. It was expected on 03/15/2026; we"
                " are finding out the new date.",
                "Arrived on 03/15/2026. The last part of the way comes next.",
                "Delivered on 03/16/2026.",
                "This shipment was cancelled.",
            ],
        )
