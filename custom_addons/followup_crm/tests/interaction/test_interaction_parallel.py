from contextlib import closing

from psycopg2.errors import SerializationFailure

from odoo import api
from odoo.exceptions import LockError, UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ...models.interaction.interaction_propose import Proposal


@tagged("post_install", "-at_install", "followup_crm", "interaction")
class TestInteractionParallel(BaseCase):
    """Two people, or two jobs, at the same contact at the same moment (F2, F5)."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._open() as cursor:
            env = api.Environment(cursor, api.SUPERUSER_ID, {"tracking_disable": True})
            customer = env["followup.customer"].create(
                {"name": "Parallel Ltd", "user_id": env.ref("base.user_admin").id}
            )
            contact = env["followup.interaction"].create(
                {
                    "customer_id": customer.id,
                    "purpose": "Done twice",
                    "content": "Talked",
                    "user_id": env.ref("base.user_admin").id,
                }
            )
            self.ids = customer.id, customer.partner_id.id, contact.id
            self.company_id = customer.company_id.id
            cursor.commit()
        self.addCleanup(self._clean)

    def _open(self):
        return closing(self.registry.cursor())

    def _contact(self, cr):
        env = api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})
        return env["followup.interaction"].browse(self.ids[2])

    def _clean(self):
        with self._open() as cursor:
            env = api.Environment(cursor, api.SUPERUSER_ID, {})
            customer = env["followup.customer"].browse(self.ids[0])
            contacts = customer.interaction_ids
            contacts.unlink()
            customer.with_context(fcrm_combining=True).unlink()
            env["res.partner"].browse(self.ids[1]).unlink()
            cursor.commit()

    def test_done_by_two_people(self):
        """F2: the second one is told, and the next step is made once."""
        with self._open() as first, self._open() as second:
            one = self._contact(first)
            one.next_step = "Send the offer"
            one.action_done()
            with self.assertRaisesRegex(LockError, "A colleague is changing"):
                self._contact(second).action_done()
            second.rollback()
            first.commit()
            with self.assertRaisesRegex(UserError, "is done already"):
                self._contact(second).action_done()
        with self._open() as cursor:
            contact = self._contact(cursor)
            self.assertEqual(contact.state, "done")
            self.assertEqual(len(contact.customer_id.interaction_ids), 2)

    @mute_logger("odoo.sql_db")
    def test_proposed_by_two_jobs(self):
        """F2, F5: two runs at the same moment propose once."""
        rows = []
        with self._open() as first, self._open() as second:
            # Both have begun before either has written.
            for cr in (first, second):
                cr.execute("SELECT 1")
            rows.append(self._insert(first))
            first.commit()
            try:
                rows.append(self._insert(second))
                second.commit()
            except SerializationFailure:
                # The scheduler tries again, with a new look at the data.
                second.rollback()
                rows.append(self._insert(second))
                second.commit()
        self.assertEqual(rows, [1, 0])

    def _insert(self, cr):
        contacts = self._contact(cr).browse()
        proposal = Proposal(
            customer_id=self.ids[0],
            user_id=contacts.env.ref("base.user_admin").id,
            kind="collection",
            method="phone",
            date="2026-06-10",
            key="invoice:0:0",
            purpose="Ask for the payment",
        )
        return contacts._insert_proposals([proposal])
