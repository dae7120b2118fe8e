from odoo.addons.mail.tests.common import MailCase  # noqa: F401

from ..common import FollowupCase
from .mail_fuzzer_common import plain_mail

DOMAIN = "aster.example"
ADDRESS = f"complaints@{DOMAIN}"


class ChannelCase(FollowupCase):
    """A company with an address for complaints, a customer with a buyer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": DOMAIN})
        cls.company_a.alias_domain_id = cls.domain
        channels = cls.env["followup.complaint.channel"].sudo()
        cls.channel = channels._of_company(cls.company_a)
        cls.channel.alias_name = "complaints"
        cls.customer = cls._create_customer(
            "Brook Outfitters", email="hq@brook.example"
        )
        cls.buyer = cls.env["res.partner"].create(
            {
                "name": "Brook Buyer",
                "parent_id": cls.customer.partner_id.id,
                "email": "buyer@brook.example",
            }
        )
        cls.complaints = cls.env["followup.complaint"].sudo()
        # The gateway runs as a technical user without any rights of ours.
        cls.gateway = cls.env["mail.thread"].with_user(cls.env.ref("base.user_root"))

    @classmethod
    def _deliver(cls, raw=None, model=None, **headers):
        """Deliver a mail as the mail server does; returns the new complaints."""
        before = cls.complaints.search([])
        content = raw if raw is not None else plain_mail(**headers)
        cls.gateway.message_process(model, content)
        cls.env.invalidate_all()
        return cls.complaints.search([]) - before

    @classmethod
    def _entry(cls, message_id):
        return (
            cls.env["followup.complaint.mail"]
            .sudo()
            .search([("message_id", "=", message_id)])
        )
