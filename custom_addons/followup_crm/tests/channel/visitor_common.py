import re
from urllib.parse import urlsplit

from lxml import html as lxml_html

from odoo.tests import HttpCase, new_test_user

from .channel_common import ChannelCase

PASSWORD = "a-long-enough-passphrase"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


class VisitorCase(ChannelCase, HttpCase):
    """People who come by HTTP: strangers, portal customers, and what they send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel.write(
            {"is_form_open": True, "form_path": "aster", "posts_per_minute": 50}
        )
        cls.portal_buyer = cls._create_portal_user(cls.buyer, "portal_buyer")
        cls.rival = cls._create_customer("Rival Retail", email="hq@rival.example")
        contact = cls.env["res.partner"].create(
            {
                "name": "Rival Buyer",
                "parent_id": cls.rival.partner_id.id,
                "email": "buyer@rival.example",
            }
        )
        cls.portal_rival = cls._create_portal_user(contact, "portal_rival")

    @classmethod
    def _create_portal_user(cls, partner, login):
        return new_test_user(
            cls.env,
            login,
            groups="base.group_portal",
            password=PASSWORD,
            partner_id=partner.id,
            name=partner.name,
            email=partner.email,
            company_id=cls.company_a.id,
            company_ids=[(6, 0, cls.company_a.ids)],
            tz="UTC",
        )

    def _complain(self, customer=None, **vals):
        """A complaint of a customer, as a colleague registers it."""
        customer = customer or self.customer
        complaints = self.complaints.with_company(self.company_a).with_user(
            self.user_all
        )
        complaint = complaints.with_context(
            allowed_company_ids=self.company_a.ids, tracking_disable=False
        ).create(
            {
                "subject": "Part of it is off colour",
                "description": "Forty pieces differ.",
                "customer_id": customer.id,
                "containment": "SECRET containment",
                "findings": "SECRET findings",
                "instruction": "SECRET instruction",
                **vals,
            }
        )
        return complaint.sudo()

    def _propose(self, complaint, **vals):
        """A complaint with an offered proposal; returns the proposal."""
        proposal = (
            self.env["followup.complaint.proposal"]
            .sudo()
            .create(
                {
                    "complaint_id": complaint.id,
                    "name": "Replace forty pieces",
                    "cost": 4321,
                    **vals,
                }
            )
        )
        complaint.write({"state": "proposed"})
        proposal._offer()
        self.env.flush_all()
        return proposal

    def _token(self, complaint):
        token = complaint._portal_ensure_token()
        self.env.flush_all()
        return token

    def _log_in(self, user):
        self.authenticate(user.login, PASSWORD)

    def _get(self, path, **kwargs):
        return self.url_open(path, allow_redirects=False, **kwargs)

    def _fields(self, path, form="complaint"):
        """The hidden fields of a page's form, as a browser would send them."""
        page = lxml_html.fromstring(self._get(path).text)
        found = page.xpath(f"//form[@name='{form}']//input[@type='hidden']")
        return {one.get("name"): one.get("value") for one in found}

    def _csrf(self, path="/web/login"):
        page = self.url_open(path).text
        return re.search(r'csrf_token[^>]*value="([^"]+)"', page)[1]

    def _post(self, path, data, files=None):
        return self.url_open(
            path, data=data, files=files, allow_redirects=False, timeout=60
        )

    def _assert_harmless(self, text):
        """Nothing in a page or text acts that a visitor wrote."""
        page = lxml_html.fromstring(f"<div>{text}</div>" if text[:2] != "<!" else text)
        scripts = page.xpath("//script[contains(., 'alert(1)')]")
        links = page.xpath("//*[starts-with(@href, 'javascript:')]")
        # Odoo's own scripts note by such a handler that they could not be loaded.
        handlers = page.xpath(
            "//*[(@onerror and @onerror != '__odooAssetError=1') or @onload]"
        )
        self.assertFalse(scripts + links + handlers)
        self.assertNotIn("49<", page.text_content())

    def _target(self, response):
        return urlsplit(response.headers["Location"]).path
