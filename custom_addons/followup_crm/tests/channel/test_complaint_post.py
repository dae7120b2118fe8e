from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .channel_common import ChannelCase


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintPost(ChannelCase):
    def setUp(self):
        super().setUp()
        self.posts = self.env["followup.complaint.post"]

    def test_limit(self):
        """16: Of 100 in a minute ten pass; others and the next minute are free."""
        with freeze_time("2026-03-02 09:00:00"):
            taken = [self.posts._take("192.0.2.1", 10) for _number in range(100)]
            self.assertEqual(taken.count(True), 10)
            self.assertTrue(self.posts._take("192.0.2.2", 10))
        with freeze_time("2026-03-02 09:01:01"):
            self.assertTrue(self.posts._take("192.0.2.1", 10))

    def test_refused_ones_cost_nothing(self):
        """16: A flood leaves no more rows than the limit."""
        for _number in range(100):
            self.posts._take("192.0.2.1", 10)
        source = self.posts._digest("192.0.2.1")
        self.assertEqual(self.posts.sudo().search_count([("source", "=", source)]), 10)
        self.assertNotIn("192.0.2.1", source)

    def test_networks(self):
        """16: Addresses of one IPv6 network are one source."""
        same = self.posts._digest("2001:db8::1"), self.posts._digest("2001:db8::ffff")
        self.assertEqual(*same)
        self.assertNotEqual(same[0], self.posts._digest("2001:db8:0:1::1"))
        self.assertTrue(self.posts._digest("nonsense"))

    def test_once(self):
        """C10: A form is sent once."""
        self.assertTrue(self.posts._claim_once("abc"))
        self.assertFalse(self.posts._claim_once("abc"))
        self.assertTrue(self.posts._claim_once("abd"))
        self.assertTrue(self.posts._claim_once(""))
        self.assertTrue(self.posts._claim_once(""))

    def test_forgotten(self):
        """R3: After a day nothing tells who wrote when."""
        with freeze_time("2026-03-02 09:00:00"):
            self.posts._take("192.0.2.1", 10)
        with freeze_time("2026-03-03 10:00:00"):
            self.posts._gc_posts()
        self.assertFalse(self.posts.sudo().search([]))

    def test_access(self):
        """16: Nobody reads who wrote when."""
        self.posts._take("192.0.2.1", 10)
        for user in (self.manager, self.officer, self.user_all, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(self.posts, user).search([])
