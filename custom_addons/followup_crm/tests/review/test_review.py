from freezegun import freeze_time

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "review")
class TestReview(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.env["followup.review.platform"].create(
            {"name": "Stars", "scale_max": 5}
        )
        cls.product = cls.env["product.product"].create({"name": "Polo shirt"})
        cls.customer = cls._create_customer("Brook Ltd.")

    def _review(self, user=None, **vals):
        reviews = self._as(self.env["followup.review"], user or self.user_own)
        return reviews.create(
            {
                "name": "Shrinks",
                "platform_id": self.platform.id,
                "score": 2,
                "product_id": self.product.id,
                **vals,
            }
        )

    def test_score(self):
        """Q4: 2 of 5 are 40 %, a bad one; 7 of 10 are 70 %, a good one."""
        review = self._review()
        self.assertEqual((review.score_rate, review.is_bad), (40, True))
        # The limit itself is bad still.
        self.assertTrue(self._review(score=3).is_bad)
        good = self._review(score=7, scale_max=10)
        self.assertEqual((good.score_rate, good.is_bad), (70, False))
        self.company_a.fcrm_review_limit = 80
        self.assertTrue(self._review(score=4).is_bad)
        for score in (-1, 6):
            with self.assertRaises(ValidationError):
                self._review(score=score)

    def test_link(self):
        """Q4: Only web addresses are links."""
        for url in ("https://stars.test/r/1", "http://stars.test"):
            self.assertEqual(self._review(url=url).url, url)
        for url in (
            "javascript:alert(1)",
            "ftp://stars.test",
            "//stars.test",
            "https://",
            "stars.test",
            "https://[broken",
            "https://a.test/ javascript:x",
        ):
            with self.assertRaises(ValidationError, msg=url):
                self._review(url=url)

    def test_bad_one_is_proposed(self):
        """Q4: A bad review asks its handler at once; a good one asks nobody."""
        review = self._review(user_id=self.user_all.id)
        self.assertEqual(review.activity_ids.user_id, self.user_all)
        good = self._review(score=5)
        self.assertFalse(good.activity_ids)
        good.score = 1
        self.assertEqual(len(good.activity_ids), 1)
        good.score = 2
        self.assertEqual(len(good.activity_ids), 1)

    def test_complaint(self):
        """Q4: One button makes the complaint, once; the link is kept both ways."""
        review = self._review(
            customer_id=self.customer.id,
            text="<script>alert(1)</script>",
            url="https://stars.test/r/1",
        )
        review.action_make_complaint()
        complaint = review.complaint_id
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertEqual((complaint.channel, complaint.review_ids), ("review", review))
        self.assertIn("https://stars.test/r/1", complaint.description)
        self.assertFalse(review.activity_ids)
        with self.assertRaises(RedirectWarning) as caught:
            review.action_make_complaint()
        self.assertEqual(caught.exception.args[1]["res_id"], complaint.id)
        with self.assertRaises(UserError):
            self._as(review, self.manager).unlink()

    def test_steps(self):
        """Q4: Answered needs an answer; a bad one is not closed without either."""
        review = self._review()
        with self.assertRaises(UserError):
            review.action_answered()
        with self.assertRaises(UserError):
            review.action_close()
        review.answer = "We are sorry."
        review.action_answered()
        self.assertEqual(review.answered_by_id, self.user_own)
        review.action_close()
        with self.assertRaises(UserError):
            review.action_close()
        review.action_reopen()
        self.assertEqual(review.state, "answered")
        good = self._review(score=5)
        good.action_close()
        self.assertEqual(good.state, "closed")

    def test_phrase(self):
        """Q4: The answer is drafted from a phrase, filled in."""
        review = self._review()
        form = Form(review)
        form.phrase_id = self.env.ref("followup_crm.phrase_review_bad_en")
        self.assertIn("Polo shirt was not what you expected", form.answer)
        self.assertFalse(form.phrase_id)

    def test_trend(self):
        """Q4: Average by month and platform: 40 and 60 % in March, 100 % in April."""
        for day, score in (("2026-03-02", 2), ("2026-03-20", 3), ("2026-04-02", 5)):
            self._review(date=day, score=score)
        groups = self.env["followup.review"]._read_group(
            [("platform_id", "=", self.platform.id)],
            ["date:month"],
            ["score_rate:avg"],
        )
        self.assertEqual([rate for _month, rate in groups], [50, 100])

    @freeze_time("2026-06-01 09:00:00")
    def test_improvement(self):
        """Q4: 40 and 60 % before the action, 80 % since: seen on the action."""
        first = self._review(date="2026-03-02", score=2)
        self._review(date="2026-03-20", score=3)
        other = self.env["product.product"].create({"name": "Socks"})
        self._review(date="2026-03-21", score=5, product_id=other.id)
        values = first.action_open_actions()["context"]
        actions = first.env["followup.action"].with_context(**values)
        action = actions.create({"name": "Wash the fabric before cutting"})
        self.assertEqual((action.origin, action.product_id), ("review", self.product))
        with freeze_time("2026-04-01 09:00:00"):
            action.result = "Done"
            action.action_done()
        self._review(date="2026-05-02", score=4)
        action.invalidate_recordset()
        self.assertEqual(action.review_rate_before, 50)
        self.assertEqual((action.review_rate_after, action.review_count_after), (80, 1))
        self.assertEqual(first.action_count, 1)

    def test_rights(self):
        """Q4: Own ones and those of own customers; nobody else's, no state by hand."""
        review = self._review(customer_id=self.customer.id)
        lone = self._review(user=self.user_all, user_id=self.user_all.id)
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            self._as(review, user).text = user.login
        with self.assertRaises(AccessError):
            self._as(lone, self.user_own).read(["name"])
        for user in (
            self.user_own_2,
            self.user_b,
            self.internal_user,
            self.portal_user,
        ):
            with self.assertRaises(AccessError):
                self._as(review, user).read(["name"])
            for name in ("answered", "close", "reopen", "make_complaint"):
                with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                    getattr(self._as(review, user), f"action_{name}")()
        for name, value in (("state", "closed"), ("score_rate", 100), ("is_bad", 0)):
            with self.assertRaises(AccessError):
                self._as(review, self.manager).write({name: value})
        with self.assertRaises(AccessError):
            review.unlink()
        other = self._create_customer("Other", user=self.user_own_2)
        with self.assertRaises(AccessError):
            self._review(customer_id=other.id)
        with self.assertRaises(AccessError):
            review.customer_id = other
        with self.assertRaises(AccessError):
            self._as(self.platform, self.user_all).name = "x"
        self._as(self.platform, self.manager).name = "Points"

    def test_combine_and_handover(self):
        """Q4: Reviews follow their customer."""
        other = self._create_customer("Brook Limited")
        review = self._review(customer_id=other.id)
        other._combine_into(self.customer)
        self.assertEqual(review.customer_id, self.customer)
        own = self._as(self.customer, self.user_own)
        self.assertEqual(own.review_count, 1)
        self.customer.sudo()._change_owner(self.user_own_2, "handover")
        self.assertEqual(review.sudo().user_id, self.user_own_2)

    def test_number_of_queries(self):
        """Q4: The improvements of twenty actions take no more queries than of five."""

        def count(number):
            actions = self.env["followup.action"]
            for index in range(number):
                review = self._review(date="2026-03-02", score=index % 6)
                actions |= review.env["followup.action"].create(
                    {"name": str(index), "review_id": review.id}
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            actions.mapped("review_rate_before")
            return self.cr.sql_log_count - before

        count(2)
        small, large = count(5), count(20)
        self.assertLessEqual(large, small)
