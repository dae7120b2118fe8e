from odoo.fields import Command

from ..common import FollowupCase


class InteractionCase(FollowupCase):
    """A customer of ``user_own`` with a contact person, and short ways to contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Linden Mode", email="office@linden.test")
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Anna Linde",
                "parent_id": cls.customer.partner_id.id,
                "email": "anna@linden.test",
            }
        )
        cls.foreign = cls._create_customer("Oak Trading", cls.user_own_2)

    def _plan(self, customer=None, user=None, **vals):
        """A planned contact, as its responsible makes it."""
        user = user or self.user_own
        values = {
            "customer_id": (customer or self.customer).id,
            "purpose": "Ask about the autumn order",
            "date": "2026-06-10",
            **vals,
        }
        return self._as(self.env["followup.interaction"], user).create(values)

    def _get_activity(self, contact):
        return contact.sudo().activity_id

    def _run_due(self):
        """What is due gets its activity, what passed is missed."""
        self._run_cron("followup_crm.interaction_cron_due")


class InvoiceCase(InteractionCase):
    """Besides, accounts to invoice with, as a company without a chart needs them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receivable, cls.income = cls.env["account.account"].create(
            [
                {
                    "name": kind,
                    "code": code,
                    "account_type": kind,
                    "company_ids": [Command.set(cls.company_a.ids)],
                }
                for kind, code in (("asset_receivable", "121"), ("income", "400"))
            ]
        )
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "SAL",
                "type": "sale",
                "company_id": cls.company_a.id,
            }
        )

    def _create_invoice(self, due, partner=None):
        """A posted invoice over 500, due on that day."""
        partner = partner or self.customer.partner_id
        partner.property_account_receivable_id = self.receivable
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": self.journal.id,
                "invoice_date": "2026-04-01",
                "invoice_date_due": due,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Shirts",
                            "price_unit": 500,
                            "account_id": self.income.id,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        move.action_post()
        return move
