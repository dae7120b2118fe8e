from datetime import date

from odoo.tools import SQL

from ..tier.tier_common import TierCase

TODAY = date(2026, 7, 1)


class KeyAccountCase(TierCase):
    """Key accounts by the row: 900, 90 and 10 make tiers A, B and C of the year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.env["followup.account"].sudo()
        cls.scheme = cls._scheme("amount")
        cls.scheme.hysteresis_periods = 0
        cls.company_a.fcrm_account_check_weekday = "4"

    @classmethod
    def _months(cls, customer, amounts, margin=None):
        """Set the sums by month: dict of first day: amount."""
        cls.env.flush_all()
        for day, amount in amounts.items():
            cls.env.cr.execute(
                SQL(
                    """
                    INSERT INTO followup_sales_month (customer_id, company_id, month,
                        amount, margin, quantity, document_count, history_amount,
                        rate_missing_count)
                    VALUES (%s, %s, %s, %s, %s, 0, 1, 0, 0)
                    """,
                    customer.id,
                    customer.sudo().company_id.id,
                    f"{day}-01" if len(day) == 7 else day,
                    amount,
                    margin and amount * margin,
                )
            )
        cls.env.invalidate_all()

    @classmethod
    def _account(cls, customer, manager=None, **vals):
        """A current account of a customer, with a manager (default: its owner)."""
        account = cls.accounts.create(
            {
                "customer_id": customer.id,
                "manager_id": (manager or customer.sudo().user_id).id,
                "date_from": "2026-01-05",
                **vals,
            }
        )
        account._watch()
        return account.sudo(False)

    def _kinds(self, account):
        """Kinds of an account's events, oldest first."""
        return account.sudo().event_ids.sorted("id").mapped("kind")

    def _visit(self, customer, day, user=None, contacts=None, method="visit"):
        """A contact that was done."""
        return (
            self.env["followup.interaction"]
            .sudo()
            .create(
                {
                    "customer_id": customer.id,
                    "user_id": (user or self.user_own).id,
                    "purpose": "Visit",
                    "method": method,
                    "date": day,
                    "state": "done",
                    "done_date": day,
                    "contact_ids": [(6, 0, contacts.ids if contacts else [])],
                }
            )
        )

    def _person(self, customer, name, **vals):
        partner = customer.sudo().partner_id
        return (
            self.env["res.partner"]
            .sudo()
            .create({"name": name, "parent_id": partner.id, **vals})
        )
