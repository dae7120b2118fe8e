from datetime import date

from freezegun import freeze_time
from markupsafe import Markup

from odoo.fields import Command
from odoo.tests import tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestCustomerContact(InteractionCase):
    """What counts as a real contact, and when the next one is due (F8)."""

    def setUp(self):
        super().setUp()
        self.files = self.env["followup.customer"].sudo()

    def _refresh(self, **kwargs):
        self.files._refresh_last_contact(**kwargs)
        return self.customer.last_contact_date

    def _write_message(self, record, day, **vals):
        message = record.message_post(
            **{"body": "Hello", "message_type": "comment", **vals}
        )
        message.sudo().date = f"{day} 10:00:00"
        self.env.flush_all()
        return message

    def test_done_contact_with_content(self):
        """F8: a done contact counts, one without content does not."""
        empty = self._plan(date="2026-06-05")
        empty._done()
        self.assertFalse(self._refresh())
        blank = self._plan(date="2026-06-06", content="   ")
        blank._done()
        self.assertFalse(self._refresh())
        real = self._plan(date="2026-06-03", content="Talked about prices")
        real._done()
        self.assertEqual(self._refresh(), date(2026, 6, 3))

    def test_notes_among_us(self):
        """F8: notes, comments to colleagues and reports of the system do not count."""
        customer = self.customer.sudo()
        self._write_message(customer, "2026-06-01", subtype_xmlid="mail.mt_note")
        self._write_message(customer, "2026-06-02", subtype_xmlid="mail.mt_comment")
        self._write_message(
            customer, "2026-06-03", message_type="notification", body="Changed"
        )
        self.assertFalse(self._refresh())

    def test_messages_to_and_from(self):
        """F8: an e-mail or message in either direction counts, with some content."""
        customer = self.customer.sudo()
        self._write_message(
            customer,
            "2026-06-01",
            subtype_xmlid="mail.mt_comment",
            author_id=self.person.id,
        )
        self.assertEqual(self._refresh(), date(2026, 6, 1))
        self._write_message(
            customer,
            "2026-06-02",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.person.ids,
        )
        self.assertEqual(self._refresh(), date(2026, 6, 2))
        self._write_message(
            customer,
            "2026-06-04",
            subtype_xmlid="mail.mt_comment",
            body=Markup("<p>&nbsp;<br></p>"),
            author_id=self.person.id,
        )
        self.assertEqual(self._refresh(), date(2026, 6, 2))

    def test_message_that_was_not_delivered(self):
        """F8: what bounced was no contact."""
        message = self._write_message(
            self.customer.sudo(),
            "2026-06-02",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.person.ids,
        )
        message.sudo().notification_ids.notification_status = "bounce"
        self.assertFalse(self._refresh())

    def test_meeting_held(self):
        """F8: a meeting with people of the customer counts once it is over."""
        event = self.env["calendar.event"].create(
            {
                "name": "Fair",
                "start": "2026-06-09 09:00:00",
                "stop": "2026-06-09 10:00:00",
                "user_id": self.user_own.id,
                "partner_ids": [
                    Command.set((self.person | self.user_own.partner_id).ids)
                ],
            }
        )
        self.assertEqual(self._refresh(), date(2026, 6, 9))
        attendee = event.attendee_ids.filtered(lambda a: a.partner_id == self.person)
        attendee.state = "declined"
        self.assertFalse(self._refresh())
        attendee.state = "accepted"
        with freeze_time("2026-06-09 09:30:00"):
            self.assertFalse(self._refresh())

    def test_order_and_signature(self):
        """F8: an order, and a delivery note that was signed."""
        self.customer.sudo().last_order_date = "2026-05-20"
        self.assertEqual(self._refresh(), date(2026, 5, 20))
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_a.id)], limit=1
        )
        picking = self.env["stock.picking"].create(
            {
                "partner_id": self.person.id,
                "picking_type_id": warehouse.out_type_id.id,
                "company_id": self.company_a.id,
            }
        )
        self.assertEqual(self._refresh(), date(2026, 5, 20))
        self.env["ir.attachment"].create(
            {
                "name": "signature",
                "res_model": "stock.picking",
                "res_field": "signature",
                "res_id": picking.id,
            }
        )
        today = self.env.cr.now().date()
        self.assertEqual(self._refresh(), today)

    def test_other_companies(self):
        """F8, R1: a message on another company's document is not ours."""
        other = self.files.with_company(self.company_b).create(
            {
                "partner_id": self.customer.partner_id.id,
                "company_id": self.company_b.id,
            }
        )
        self._write_message(
            self.customer.sudo(),
            "2026-06-02",
            subtype_xmlid="mail.mt_comment",
            author_id=self.person.id,
        )
        self._refresh()
        self.assertEqual(self.customer.last_contact_date, date(2026, 6, 2))
        self.assertFalse(other.last_contact_date)

    def test_day_where_the_company_is(self):
        """F8: 20:00 in UTC is the next day in Shanghai."""
        self.company_a.partner_id.tz = "Asia/Shanghai"
        message = self._write_message(
            self.customer.sudo(),
            "2026-06-01",
            subtype_xmlid="mail.mt_comment",
            author_id=self.person.id,
        )
        message.sudo().date = "2026-06-01 20:00:00"
        self.env.flush_all()
        self.assertEqual(self._refresh(), date(2026, 6, 2))

    def test_watermark_with_overlap(self):
        """F8: the half-hourly look finds what was written since, less an overlap."""
        contact = self._plan(date="2026-06-03", content="Talked")
        contact._done()
        self.customer.sudo().last_contact_date = False
        self.env.flush_all()
        self._age(contact, "2026-06-10 05:00:00")
        self.files._set_contact_watermark("2026-06-10 08:00:00")
        self._run_cron("followup_crm.customer_cron_contacts")
        self.assertFalse(self.customer.last_contact_date)
        self._age(contact, "2026-06-10 06:30:00")
        self._run_cron("followup_crm.customer_cron_contacts")
        self.assertEqual(self.customer.last_contact_date, date(2026, 6, 3))
        self.assertEqual(
            str(self.company_a.fcrm_contact_watermark), "2026-06-10 08:00:00"
        )

    def _age(self, contact, moment):
        self.env.cr.execute(
            "UPDATE followup_interaction SET write_date = %s WHERE id = %s",
            (moment, contact.id),
        )

    def test_second_run_writes_nothing(self):
        """F8: a run that finds nothing new writes no row."""
        contact = self._plan(content="Talked")
        contact._done()
        self._refresh()
        self.env.cr.execute("SELECT id, xmin FROM followup_customer ORDER BY id")
        before = self.env.cr.fetchall()
        self._refresh()
        self.env.cr.execute("SELECT id, xmin FROM followup_customer ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)

    def _set_interval(self, days):
        scheme = self.env["followup.tier.scheme"].search(
            [("company_id", "=", self.company_a.id), ("code", "=", "amount")], limit=1
        )
        tier = scheme.tier_ids[0]
        tier.contact_interval_days = days
        self.env["followup.tier.assignment"].sudo().search(
            [("customer_id", "=", self.customer.id)]
        ).unlink()
        self.env.cr.execute(
            "INSERT INTO followup_tier_assignment"
            " (customer_id, company_id, scheme_id, tier_id) VALUES (%s, %s, %s, %s)",
            (self.customer.id, self.company_a.id, scheme.id, tier.id),
        )

    def test_amber_and_red(self):
        """F8: amber at one interval, red at one and a half; searched as shown."""
        self._set_interval(7)
        self.customer.sudo().last_contact_date = "2026-06-01"
        self.customer._refresh_next_contact()
        self.assertEqual(self.customer.contact_due_date, date(2026, 6, 8))
        self.assertEqual(self.customer.next_contact_date, date(2026, 6, 8))
        for day, state in (
            ("2026-06-07", "fresh"),
            ("2026-06-08", "due"),
            ("2026-06-11", "due"),
            ("2026-06-12", "overdue"),
        ):
            with freeze_time(f"{day} 12:00:00"):
                self.customer.invalidate_recordset(["contact_state"])
                self.assertEqual(self.customer.contact_state, state)
                for wanted in ("fresh", "due", "overdue"):
                    found = self.files.search(
                        [
                            ("contact_state", "=", wanted),
                            ("id", "=", self.customer.id),
                        ]
                    )
                    self.assertEqual(bool(found), wanted == state)
        self._plan(date="2026-06-20")
        self.assertEqual(self.customer.next_contact_date, date(2026, 6, 20))

    def test_never_in_touch(self):
        """F8: a customer nobody ever talked to is due an interval after its file."""
        self._set_interval(7)
        self.customer._refresh_next_contact()
        made = self.customer.create_date.date()
        self.assertEqual((self.customer.contact_due_date - made).days, 7)

    def test_figures_are_not_written_by_hand(self):
        """Attack 6: nobody sets the clock of a customer."""
        mine = self._as(self.customer, self.user_own)
        for name in ("next_contact_date", "last_contact_date", "contact_due_date"):
            with self.assertRaisesRegex(Exception, "cannot be set directly"):
                mine.write({name: "2026-01-01"})
