from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .shipment_common import ShipmentCase


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipmentAccess(ShipmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._start()
        cls.other = cls._start(cls.foreign)

    def _records(self, shipment):
        shipment.sudo()._log_event("other", "x")
        shipment.sudo().atd = "2026-03-16"
        shipment.sudo().delivered_on = "2026-03-16"
        shipment._ask_after_arrival()
        return [
            shipment,
            shipment.sudo().event_ids,
            shipment.sudo().document_ids,
            shipment.sudo().question_ids,
        ]

    def test_who_reads(self):
        """R1, K2: own customers, all customers, nobody else; companies apart."""
        for mine, other in zip(
            self._records(self.mine), self._records(self.other), strict=True
        ):
            name = mine._name
            both = [("id", "in", [*mine.ids, *other.ids])]
            found = self._as(self.env[name], self.user_own).search(both)
            self.assertEqual(set(found.ids), set(mine.ids), name)
            with self.assertRaises(AccessError, msg=name):
                self._as(other, self.user_own).read(["company_id"])
            for user in (self.user_all, self.manager, self.officer):
                found = self._as(self.env[name], user).search(both)
                self.assertEqual(set(found.ids), {*mine.ids, *other.ids}, user.login)
            self.assertFalse(self._as(self.env[name], self.user_b).search(both))
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError, msg=user.login):
                    self._as(mine, user).read(["company_id"])

    def test_who_writes(self):
        """R1, K2: users write their own, officers read only, nobody deletes."""
        self._as(self.mine, self.user_own).vessel = "Ever Given"
        self._as(self.other, self.user_all).vessel = "Ever Given"
        self._as(self.other, self.manager).vessel = "Ever Given"
        for user in (self.officer, self.internal_user, self.portal_user, self.user_b):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(self.mine, user).vessel = "Ever Given"
        with self.assertRaises(AccessError):
            self._as(self.other, self.user_own).vessel = "Ever Given"
        for user in (self.user_own, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.mine, user).unlink()

    def test_who_starts(self):
        """R1, K2: a shipment of somebody else's customer is not started."""
        with self.assertRaises(AccessError):
            self._start(self.foreign, user=self.user_own)
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._start(user=user)
        with self.assertRaises(AccessError):
            self._as(self.env["followup.shipment"], self.user_own).create(
                {"customer_id": self.customer.id}
            )
        self._as(self.env["followup.shipment"], self.manager).create(
            {"customer_id": self.customer.id}
        )

    def test_what_only_steps_set(self):
        """R1, attack 6: state, number, dates of proof cannot be written."""
        shipments = self.env["followup.shipment"]
        protected = shipments._server_only
        self.assertFalse(protected - set(shipments._fields))
        for model, record in (
            ("followup.shipment", self.mine),
            ("followup.shipment.document", self.mine.document_ids[:1]),
        ):
            for name in self.env[model]._server_only:
                value = self.company_b.id if name == "company_id" else False
                for user in (self.user_own, self.manager):
                    with self.assertRaises(AccessError, msg=f"{model} {name}"):
                        self._as(record, user).write({name: value})
        with self.assertRaises(AccessError):
            self._as(shipments, self.manager).create(
                {"customer_id": self.customer.id, "state": "delivered"}
            )
        made = (
            self._as(shipments, self.manager)
            .with_context(default_state="delivered")
            .create({"customer_id": self.customer.id})
        )
        self.assertEqual(made.state, "planned")

    def test_public_methods_refuse_foreign_records(self):
        """R1, attack 5: every button, with somebody else's id."""
        for record in (self.other, self.other.sudo().document_ids[:1]):
            ours = [
                name
                for name in dir(type(record))
                if name.startswith("action_")
                and "followup_crm" in getattr(type(record), name).__module__
                and name != "action_new"
            ]
            self.assertGreaterEqual(len(ours), 7)
            for name in ours:
                for user in (self.user_own, self.internal_user, self.portal_user):
                    with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                        getattr(self._as(record, user), name)()

    def test_details_do_not_move_to_foreign_shipments(self):
        """R1, attack 7: events and documents stay with shipments of one's own."""
        event = self._as(self.env["followup.shipment.event"], self.user_own).create(
            {"shipment_id": self.mine.id, "name": "x"}
        )
        with self.assertRaises(AccessError):
            event.shipment_id = self.other
        with self.assertRaises(AccessError):
            event.copy({"shipment_id": self.other.id})
        document = self._as(self.mine.document_ids[:1], self.user_own)
        with self.assertRaises(AccessError):
            document.shipment_id = self.other
        with self.assertRaises(AccessError):
            self._as(self.mine, self.user_own).customer_id = self.foreign

    def test_former_owner_leaves_the_shipments(self):
        """R1, attack 8: merchandiser, followers and activities follow the owner."""
        shipment = self.mine.sudo()
        shipment.message_subscribe(self.user_own.partner_id.ids)
        shipment.activity_schedule(
            "followup_crm.mail_activity_type_shipment", user_id=self.user_own.id
        )
        self._as(self.customer, self.manager)._assign(self.user_own_2)
        self.assertEqual(shipment.user_id, self.user_own_2)
        self.assertEqual(shipment.activity_ids.user_id, self.user_own_2)
        self.assertNotIn(self.user_own.partner_id, shipment.message_partner_ids)
        self.assertEqual(self.other.sudo().user_id, self.user_own_2)
        with self.assertRaises(AccessError):
            self._as(self.mine, self.user_own).read(["name"])

    def test_open_shipments_keep_the_customer(self):
        """F6: whose goods are under way stays with its owner."""
        self.company_a.fcrm_pool_active = True
        customer = self._create_customer("Ohne Ware")
        forecasts = self.env["followup.pool.forecast"].sudo()
        row = forecasts.search([("id", "=", customer.id)])
        self.assertFalse(row.exemption)
        shipment = self._start(customer)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(row.exemption, "transport")
        shipment.action_cancel()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(row.exemption)

    def test_what_a_step_noted_stays(self):
        """K2: people add events; those of steps they cannot change or delete."""
        self._as(self.mine, self.user_own).action_book()
        event = self._as(self.mine.event_ids, self.user_own)
        with self.assertRaises(AccessError):
            event.name = "Never happened"
        with self.assertRaises(AccessError):
            event.unlink()
        event.is_public = True

    def test_rules_are_kept_by_managers(self):
        """R1: document sets and kinds of documents; those of another company hidden."""
        values = {
            "followup.shipment.document.type": {"name": "Visa"},
            "followup.shipment.template": {"name": "Visa"},
        }
        for model, vals in values.items():
            self._as(self.env[model], self.manager).create(vals)
            for user in (self.user_own, self.officer):
                self._as(self.env[model], user).search([], limit=1).read(["name"])
                with self.assertRaises(AccessError, msg=model):
                    self._as(self.env[model], user).create(vals)
        foreign = self.env["followup.shipment.template"].create(
            {"name": "B only", "company_id": self.company_b.id}
        )
        with self.assertRaises(AccessError):
            self._as(foreign, self.manager).read(["name"])
