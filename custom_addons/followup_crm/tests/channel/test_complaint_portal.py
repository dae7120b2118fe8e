from markupsafe import Markup

from odoo.tests import tagged

from .visitor_common import PNG, VisitorCase


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintPortal(VisitorCase):
    def setUp(self):
        super().setUp()
        self.complaint = self._complain()
        self.path = f"/my/complaints/{self.complaint.id}"

    def _send(self, path, files=None, **values):
        data = {"csrf_token": self._csrf(self.path), **values}
        return self._post(path, data, files)

    def test_list(self):
        """C10: A portal customer lists the complaints of its company."""
        foreign = self._complain(self.rival, subject="Rival's own affair")
        self._log_in(self.portal_buyer)
        page = self._get("/my/complaints").text
        self.assertIn(self.complaint.name, page)
        self.assertNotIn(foreign.name, page)
        self.assertNotIn("Rival's own affair", page)
        home = self._get("/my/home").text
        self.assertIn("/my/complaints", home)

    def test_list_of_nobody(self):
        """C10: Who has none reads how to begin."""
        user = self._create_portal_user(
            self.env["res.partner"].create({"name": "New", "email": "n@n.example"}),
            "new",
        )
        self._log_in(user)
        self.assertIn("Nothing to complain about", self._get("/my/complaints").text)

    def test_whose(self):
        """C10: Of the commercial partner and below, of the user's companies."""
        site = self.env["res.partner"].create(
            {
                "name": "Site",
                "parent_id": self.customer.partner_id.id,
                "type": "delivery",
            }
        )
        below = self._complain(partner_id=site.id)
        stranger = self.complaints.create(
            {"subject": "Unknown", "company_id": self.company_a.id}
        )
        domain = self.complaints._get_portal_domain(self.portal_buyer)
        found = self.complaints.search(domain)
        self.assertEqual(found, self.complaint | below)
        # A site's user belongs to the company, and sees what the company sees.
        user = self._create_portal_user(site, "site")
        self.assertEqual(
            self.complaints.search(self.complaints._get_portal_domain(user)), found
        )
        self.assertNotIn(stranger, found)
        elsewhere = self._create_customer(
            "Brook at Birch", user=self.user_b, company=self.company_b
        )
        other = self.complaints.with_company(self.company_b).create(
            {
                "subject": "B",
                "company_id": self.company_b.id,
                "customer_id": elsewhere.id,
            }
        )
        other.partner_id = self.buyer
        self.assertEqual(self.complaints.search(domain), found)

    def test_page(self):
        """C10: The page tells what the customer needs, and nothing internal."""
        self._propose(self.complaint, description="By air, in April.", amount=250)
        self.complaint.message_post(
            body=Markup("SECRET note"),
            subtype_xmlid="mail.mt_note",
            message_type="comment",
        )
        self.complaint.message_post(
            body=Markup("We are on it"),
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )
        self._log_in(self.portal_buyer)
        page = self._get(self.path).text
        for word in (
            self.complaint.name,
            "Part of it is off colour",
            "Forty pieces differ.",
            "Replace forty pieces",
            "By air, in April.",
            "250.00",
            "We are on it",
        ):
            self.assertIn(word, page)
        for word in ("SECRET", "4,321", "4321"):
            self.assertNotIn(word, page)

    def test_accept(self):
        """C6, C10: The customer accepts a proposal on the portal."""
        proposal = self._propose(self.complaint)
        other = self._propose(self.complaint, name="15 % off")
        self._log_in(self.portal_buyer)
        answer = self._send(f"{self.path}/proposal/{proposal.id}/accept")
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(proposal.state, "agreed")
        self.assertEqual(proposal.answered_via, "portal")
        self.assertEqual(proposal.answered_by, "Brook Buyer")
        self.assertEqual(other.state, "withdrawn")
        self.assertEqual(self.complaint.state, "agreed")
        again = self._send(f"{self.path}/proposal/{proposal.id}/decline")
        self.assertEqual(again.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(proposal.state, "agreed")

    def test_decline(self):
        """C6, C10: The customer declines, and says what would help."""
        proposal = self._propose(self.complaint)
        self._log_in(self.portal_buyer)
        self._send(
            f"{self.path}/proposal/{proposal.id}/decline", comment="Rather a discount"
        )
        self.env.invalidate_all()
        self.assertEqual(proposal.state, "declined")
        self.assertEqual(self.complaint.state, "proposed")
        self.assertIn(
            "Rather a discount", self.complaint._get_portal_messages()[-1].body
        )

    def test_message(self):
        """C10: A message with a file reaches whoever handles it, once."""
        self._log_in(self.portal_buyer)
        fields = self._fields(self.path, "message")
        for _time in range(2):
            answer = self._post(
                f"{self.path}/message",
                {**fields, "message": "Any news?\n<b>?</b>"},
                {"attachments": ("more.png", PNG)},
            )
            self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        message = self.complaint._get_portal_messages()
        self.assertEqual(len(message), 1)
        self.assertEqual(message.author_id, self.buyer)
        self.assertIn("&lt;b&gt;", message.body)
        self.assertIn(self.user_own.partner_id, message.notified_partner_ids)
        page = self._get(self.path).text
        path = f"{self.path}/attachment/{message.attachment_ids.id}"
        self.assertIn(path, page)
        self.assertEqual(self._get(path).content, PNG)
        empty = self._send(f"{self.path}/message", message=" ")
        self.assertEqual(empty.status_code, 422)

    def test_message_resumes_and_wakes(self):
        """C3, C10: An answer ends the pause; after closing it makes work."""
        self.complaint.write({"is_paused": True, "state": "closed"})
        self._log_in(self.portal_buyer)
        self._send(f"{self.path}/message", message="Still off colour")
        self.env.invalidate_all()
        self.assertFalse(self.complaint.is_paused)
        activity = self.complaint.activity_ids
        self.assertEqual(activity.user_id, self.user_own)

    def test_rate(self):
        """C10: The customer rates once the result is known, once."""
        self._log_in(self.portal_buyer)
        early = self._send(f"{self.path}/rate", rating="5")
        self.assertEqual(early.status_code, 422)
        self.complaint.state = "closed"
        self.env.flush_all()
        self.assertEqual(self._send(f"{self.path}/rate", rating="9").status_code, 422)
        answer = self._send(f"{self.path}/rate", rating="2", comment="Too slow")
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.complaint.customer_rating, "2")
        self.assertEqual(self.complaint.customer_rating_comment, "Too slow")
        self.assertEqual(len(self.complaint.activity_ids), 1)
        self.assertEqual(self._send(f"{self.path}/rate", rating="5").status_code, 422)

    def _order(self, partner):
        """A confirmed order of a partner."""
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company_a.id,
                "state": "sale",
            }
        )

    def test_new(self):
        """C1, C10: A portal customer reports a problem with one of its orders."""
        order = self._order(self.buyer)
        foreign = self._order(self.rival.partner_id)
        self._log_in(self.portal_buyer)
        page = self._get("/my/complaints/new").text
        self.assertIn(order.name, page)
        self.assertNotIn(foreign.name, page)
        for chosen, expected in ((order, order), (foreign, foreign.browse())):
            before = self.complaints.search([])
            fields = self._fields("/my/complaints/new")
            answer = self._post(
                "/my/complaints/new",
                {
                    **fields,
                    "subject": "Torn cartons",
                    "description": "Three of them",
                    "order_id": chosen.id,
                    "customer_id": self.rival.id,
                    "severity": "critical",
                },
            )
            self.assertEqual(answer.status_code, 303)
            self.env.invalidate_all()
            made = self.complaints.search([]) - before
            self.assertEqual(made.channel, "portal")
            self.assertEqual(made.customer_id, self.customer)
            self.assertEqual(made.partner_id, self.buyer)
            self.assertTrue(made.is_sender_verified)
            self.assertEqual(made.order_id, expected)
            self.assertEqual(made.severity, "major")

    def test_link(self):
        """C10: Who has the link of the mail follows and answers without an account."""
        proposal = self._propose(self.complaint)
        token = self._token(self.complaint)
        page = self._get(f"{self.path}?access_token={token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Replace forty pieces", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        answer = self._post(
            f"{self.path}/proposal/{proposal.id}/accept",
            {"csrf_token": self._csrf(), "access_token": token},
        )
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(proposal.state, "agreed")

    def test_colleague(self):
        """C10: A colleague opens the customer's page of what he or she may read."""
        colleague = self.user_own
        self.authenticate(colleague.login, colleague.login)
        self.assertEqual(self._get(self.path).status_code, 200)
        self.authenticate(self.user_own_2.login, self.user_own_2.login)
        self.assertEqual(self._get(self.path).status_code, 404)
