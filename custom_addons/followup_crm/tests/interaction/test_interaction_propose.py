from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .interaction_common import InvoiceCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestInteractionPropose(InvoiceCase):
    """What is proposed by itself, once, for the owner, on a working day (F2, F5)."""

    def _propose(self):
        return self.env["followup.interaction"].sudo()._propose(self.company_a)

    def _get_proposed(self, kind, customer=None):
        return (
            self.env["followup.interaction"]
            .sudo()
            .search(
                [
                    ("customer_id", "=", (customer or self.customer).id),
                    ("kind", "=", kind),
                ],
                order="id",
            )
        )

    def _create_person(self, **vals):
        return (
            self.env["followup.person"]
            .sudo()
            .create(
                {
                    "customer_id": self.customer.id,
                    "contact_id": self.person.id,
                    "birthday": "1980-06-21",
                    "purpose": "relationship",
                    **vals,
                }
            )
        )

    def _deliver_order(self, day):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.person.id,
                "company_id": self.company_a.id,
                "date_order": day,
            }
        )
        order.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET state = 'sale', delivery_status = 'full',"
            " effective_date = %s WHERE id = %s",
            (day, order.id),
        )
        order.invalidate_recordset()
        return order

    def test_after_a_deal(self):
        """F2: a week after the delivery, once, not for what was long ago."""
        order = self._deliver_order("2026-06-06 10:00:00")
        self._deliver_order("2026-03-06 10:00:00")
        self.assertEqual(self._propose(), 1)
        contact = self._get_proposed("after_deal")
        self.assertIn(order.name, contact.purpose)
        # The 13th is a Saturday.
        self.assertEqual(contact.date, date(2026, 6, 15))
        self.assertEqual(contact.user_id, self.user_own)
        contact.action_cancel()
        self.assertEqual(self._propose(), 0)

    def test_collection(self):
        """F2: who owes is asked, once a month; who has paid is not."""
        invoice = self._create_invoice("2026-06-01")
        self._create_invoice("2026-06-08", self.foreign.partner_id)
        self.assertEqual(self._propose(), 1)
        self.assertEqual(self._propose(), 0)
        contact = self._get_proposed("collection")
        self.assertIn(invoice.name, contact.purpose)
        contact.content = "Promised for Friday"
        contact._done()
        self.assertEqual(self._propose(), 0)
        with freeze_time("2026-07-02 08:00:00"):
            self.assertEqual(self._propose(), 2)
            again = self._get_proposed("collection")[-1]
            invoice.payment_state = "paid"
            self._propose()
            self.assertEqual(again.state, "cancelled")

    def test_holiday(self):
        """F5: customers of the country that ordered, some days before, once."""
        self.env["followup.holiday"].search([]).active = False
        holiday = self.env["followup.holiday"].create(
            {
                "name": "Midsummer",
                "month": "06",
                "day": 20,
                "country_ids": [Command.set(self.germany.ids)],
            }
        )
        other = self._create_customer("Elsewhere")
        quiet = self._create_customer("Never ordered", country_id=self.germany.id)
        self.customer.country_id = self.germany
        (self.customer | other).sudo().last_order_date = "2026-01-01"
        self.assertEqual(self._propose(), 1)
        self.assertEqual(self._propose(), 0)
        contact = self._get_proposed("holiday")
        self.assertEqual(contact.holiday_id, holiday)
        # The 20th is a Saturday: greetings go out the day before.
        self.assertEqual(contact.date, date(2026, 6, 19))
        self.assertFalse(self._get_proposed("holiday", quiet))
        with freeze_time("2027-06-12 08:00:00"):
            self.customer.sudo().last_order_date = "2027-01-01"
            self.assertEqual(self._propose(), 1)

    def test_moving_holiday(self):
        """F5: a holiday that moves takes its next known date."""
        holiday = self.env.ref("followup_crm.holiday_chinese_new_year")
        for today, expected in (
            (date(2026, 2, 17), date(2026, 2, 17)),
            (date(2026, 2, 18), date(2027, 2, 6)),
            (date(2040, 1, 1), False),
        ):
            self.assertEqual(holiday._get_next_date(today), expected)
        leap = self.env["followup.holiday"].create(
            {"name": "Leap day", "month": "02", "day": 29}
        )
        self.assertEqual(leap._get_next_date(date(2027, 1, 1)), date(2027, 2, 28))

    def test_birthday(self):
        """F5: for the account team, without name in the text, gone with the data."""
        person = self._create_person()
        self.assertEqual(self._propose(), 1)
        self.assertEqual(self._propose(), 0)
        contact = self._get_proposed("birthday")
        self.assertTrue(contact.is_personal)
        self.assertEqual(contact.contact_ids, self.person)
        # The 21st is a Sunday.
        self.assertEqual(contact.date, date(2026, 6, 19))
        self.assertNotIn("Anna", contact.purpose)
        self.assertFalse(self.customer.next_contact_date)
        person._erase("erase")
        self.assertFalse(contact.exists())

    def test_birthday_without_reminder(self):
        """F5: a day that is not to be reminded of is withdrawn."""
        person = self._create_person()
        self._propose()
        person.remind_birthday = False
        self.env.flush_all()
        self._propose()
        self.assertFalse(self._get_proposed("birthday"))

    def test_combined_files_are_greeted_once(self):
        """R5: what was proposed for both files stays open once."""
        self._create_invoice("2026-06-01")
        twin = self._create_customer("Linden Mode GmbH")
        self._propose()
        contact = self._get_proposed("collection")
        double = contact.copy({"customer_id": twin.id})
        double.source_key = contact.source_key
        twin._combine_into(self.customer)
        self.assertEqual(double.customer_id, self.customer)
        self.assertEqual(double.state, "cancelled")
        self.assertEqual(contact.state, "planned")

    def test_proposing_grows_without_queries(self):
        """F2: ten times the customers, no more queries."""
        counts = []
        for size in (3, 30):
            for number in range(size):
                customer = self._create_customer(f"Bulk {size} {number}")
                self._create_invoice("2026-06-01", customer.partner_id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self._propose(), size)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_owner_away(self):
        """F2: what is proposed falls on the owner's next working day."""
        self._create_invoice("2026-06-01")
        calendar = self.company_a.resource_calendar_id
        calendar.tz = "UTC"
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Public holidays",
                "calendar_id": calendar.id,
                "company_id": self.company_a.id,
                "date_from": "2026-06-10 00:00:00",
                "date_to": "2026-06-11 23:59:59",
            }
        )
        self._propose()
        self.assertEqual(self._get_proposed("collection").date, date(2026, 6, 12))
