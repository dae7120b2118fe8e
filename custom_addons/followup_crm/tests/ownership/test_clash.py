from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestClash(FollowupCase):
    """Search before creating, over all customers of the company (F9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.country_id = cls.germany
        cls.nordlicht = cls._create_customer(
            "Nordlicht Möde GmbH",
            vat="DE811128135",
            email="office@nordlicht.example",
            phone="+49 40 123456",
            country_id=cls.germany.id,
        )
        cls.pooled = cls._create_customer("宁波海风服饰有限公司")
        cls.pooled.sudo().user_id = False
        cls.archived = cls._create_customer("Brightwell Stores Ltd")
        cls.archived.sudo().active = False
        cls.foreign = cls._create_customer(
            "Nordlicht Möde GmbH", user=cls.user_b, company=cls.company_b
        )
        cls.clash = cls.env["followup.clash"].sudo()

    def _search(self, user=None, **vals):
        searches = self._as(self.env["followup.clash.search"], user or self.user_own_2)
        search = searches.create(vals)
        search.action_search()
        return search

    def _found(self, **vals):
        return [row[0] for row in self.clash._search_clashes(self.company_a, **vals)]

    def test_what_is_found(self):
        """F9: name, slip, order, phone, domain, tax number with and without prefix."""
        contact = {"name": "Anna", "parent_id": self.nordlicht.partner_id.id}
        self.env["res.partner"].create({**contact, "phone": "+49 171 5550123"})
        for vals in (
            {"name": "nordlicht moede"},
            {"name": "Möde Nordlicht KG"},
            {"name": "Nordlihct Möde"},
            {"phone": "040 / 123456"},
            {"phone": "0049 40 123456"},
            {"phone": "0171 5550123"},
            {"email": "anna@nordlicht.example"},
            {"email": "https://www.nordlicht.example"},
            {"vat": "de 811 128 135"},
            {"vat": "811128135"},
        ):
            self.assertEqual(self._found(**vals), self.nordlicht.ids, vals)
        self.assertEqual(self._found(name="寧波海風服飾"), self.pooled.ids)
        self.assertEqual(self._found(name="Brightwel Stores"), self.archived.ids)
        for vals in (
            {"name": "Südlicht Möbel"},
            {"email": "anna@gmail.com"},
            {"vat": "FR811128135"},
            {"phone": "040 123457"},
        ):
            self.assertFalse(self._found(**vals), vals)

    def test_without_trigrams(self):
        """F9: where PostgreSQL lacks the extension, most is found all the same."""
        keys = type(self.env["followup.clash.key"])
        with patch.object(keys, "_has_trigram", lambda self: False):
            for name in ("nordlicht moede", "Nordlicht Mödee", "Nordlihct Möde"):
                self.assertEqual(self._found(name=name), self.nordlicht.ids, name)
            self.assertEqual(self._found(name="宁波海风服"), self.pooled.ids)

    def test_tells_the_owner_and_nothing_else(self):
        """F9: owner, pool or archived; no name, code or id that could be opened."""
        search = self._search(name="Nordlicht Mode")
        line = search.line_ids
        self.assertEqual((line.state, line.owner_id), ("owned", self.user_own))
        told = str(line.read()) + str(search.read())
        self.assertNotIn(self.nordlicht.code, told)
        self.assertNotIn("GmbH", told)
        with self.assertRaises(AccessError):
            self._as(self.nordlicht, self.user_own_2).browse(line.file_number).read()
        self.assertEqual(self._search(name="宁波海风服饰").line_ids.state, "pool")
        archived = self._search(name="Brightwell Stores").line_ids
        self.assertEqual((archived.state, archived.owner_id.id), ("archived", False))
        mine = self._search(self.user_own, name="Nordlicht Mode").line_ids
        self.assertEqual(mine.state, "mine")
        self.assertFalse(self._search(name="Nobody Has This").line_ids)

    def test_logged_and_limited(self):
        """F9: each search is noted; beyond the day's limit there is none."""
        self.company_a.fcrm_clash_searches_per_day = 2
        self._search(name="Nordlicht Mode")
        self._search(name="Nobody Has This", phone="123456")
        log = self._as(self.env["followup.clash.log"], self.manager).search([])
        self.assertEqual(log.user_id, self.user_own_2)
        self.assertEqual(log.mapped("hit_count"), [0, 1])
        self.assertEqual(log[0].searched, "Nobody Has This, 123456")
        with self.assertRaises(UserError):
            self._search(name="Nordlicht Mode")
        self._search(self.user_own, name="Nordlicht Mode")
        for user in (self.user_own, self.user_all, self.officer):
            with self.assertRaises(AccessError):
                self._as(log, user).read(["searched"])
        self.assertFalse(
            self._as(self.env["followup.clash.log"], self.manager)
            .with_user(self.user_b)
            .has_access("read")
        )
        with self.assertRaises(UserError):
            self._search(self.user_own, name=" ")

    def test_closed_to_others(self):
        """R1, attack 5: other roles; lines of others; lines made by hand."""
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._search(user, name="Nordlicht Mode")
        search = self._search(name="Nordlicht Mode")
        with self.assertRaises(AccessError):
            self._as(search.line_ids, self.user_own).read(["owner_id"])
        lines = search.line_ids
        with self.assertRaises(AccessError):
            lines.create({"search_id": search.id, "file_number": self.archived.id})
        with self.assertRaises(AccessError):
            lines.write({"file_number": self.archived.id})
        search.write({"line_ids": [(0, 0, {"file_number": self.archived.id})]})
        self.assertEqual(search.line_ids, lines)
        keys = self.env["followup.clash.key"].search([], limit=1)
        for user in (self.user_own, self.user_all, self.officer):
            with self.assertRaises(AccessError):
                self._as(keys, user).read(["key"])

    def test_claim_from_the_result(self):
        """F9: what is in the pool is claimed by the pool's rules."""
        line = self._search(name="宁波海风服饰").line_ids
        with self.assertRaises(UserError):
            line.action_claim()
        self.company_a.fcrm_pool_active = True
        self.pooled.sudo().owner_since = "2020-01-01"
        line.action_claim()
        self.assertEqual(self.pooled.user_id, self.user_own_2)

    def test_keys_follow_the_contact(self):
        """F9: renamed, another phone: found by the new one at once."""
        self.nordlicht.sudo().write({"name": "Polarstern Hemden"})
        self.assertEqual(self._found(name="Hemden Polarstern"), self.nordlicht.ids)
        self.assertFalse(self._found(name="Nordlicht Mode"))
        contact = self.env["res.partner"].create(
            {"name": "Jan", "parent_id": self.nordlicht.partner_id.id}
        )
        contact.email = "jan@polar.example"
        self.assertEqual(self._found(email="polar.example"), self.nordlicht.ids)
        contact.parent_id = self.archived.partner_id
        self.assertEqual(self._found(email="polar.example"), self.archived.ids)
        contact.unlink()
        self.assertFalse(self._found(email="polar.example"))

    def test_scheduled_action_makes_missing_keys(self):
        """R2: files that were made by the hundred thousand are found, too."""
        self.env.flush_all()
        self.env.cr.execute("TRUNCATE followup_clash_key")
        self.assertFalse(self._found(name="Nordlicht Mode"))
        self._run_cron("followup_crm.clash_cron_refresh")
        self.assertEqual(self._found(name="Nordlicht Mode"), self.nordlicht.ids)
        self.assertFalse(self.env["followup.clash.key"].sudo()._get_outdated(10))

    def test_banner_and_import(self):
        """F9: a file made by hand or import says who its likely twin is."""
        files = self._as(self.env["followup.customer"], self.user_own)
        by_hand = files.new({"name": "Moede Nordlicht"})
        self.assertIn("Nordlicht", by_hand.duplicate_note)
        imported = files.with_context(import_file=True).create(
            [{"name": "Nordlicht Moode"}, {"name": "Quite Different"}]
        )
        self.assertIn("Nordlicht", imported[0].message_ids[0].body)
        notes = imported[1].message_ids.filtered(lambda m: "similar" in (m.body or ""))
        self.assertFalse(notes)

    def test_new_customer_takes_what_was_searched(self):
        """F9: nobody types twice; a website is not an e-mail address."""
        search = self._search(name="Fresh", email="www.fresh.example", vat="DE1")
        self.assertEqual(
            search.action_create()["context"],
            {
                "default_name": "Fresh",
                "default_website": "www.fresh.example",
                "default_vat": "DE1",
            },
        )

    def test_common_domains_say_nothing(self):
        """F9: a domain of dozens of customers is a provider's."""
        for number in range(21):
            self._create_customer(f"Shop {number}", email=f"x{number}@mall.example")
        self.assertFalse(self._found(email="new@mall.example"))
