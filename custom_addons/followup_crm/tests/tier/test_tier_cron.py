from datetime import date
from unittest.mock import patch

from psycopg2 import errors

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, mute_logger

from .tier_common import TODAY, TwoCustomersCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestTierCron(TwoCustomersCase):
    """The nightly run, and two computations at once (T20, R2)."""

    def test_nightly_run(self):
        """R2: months and all companies; a company that fails stops no other."""
        foreign = self._create_customer(
            "Foreign", user=self.user_b, company=self.company_b
        )
        engine = type(self.engine)
        compute = engine._compute_schemes

        def failing(self, schemes, *args, **kwargs):
            result = compute(self, schemes, *args, **kwargs)
            if schemes.company_id.name == "Aster Garments":
                raise ValueError("Something went wrong")
            return result

        self.env.flush_all()
        with (
            patch.object(engine, "_compute_schemes", failing),
            mute_logger("odoo.addons.followup_crm.models.tier.engine"),
        ):
            self._run_cron("followup_crm.tier_cron_compute")
        self.assertFalse(self._classes(self.scheme), "nothing half-done")
        self.assertTrue(self.assignments.search([("customer_id", "=", foreign.id)]))
        self._run_cron("followup_crm.tier_cron_compute")
        self.assertTrue(self._classes(self.scheme))

    def test_computation_is_tried_again(self):
        """R2: a serialization failure begins the company afresh."""
        failures = [errors.SerializationFailure, errors.UniqueViolation]
        engine = type(self.engine)
        compute = engine._compute_schemes

        def failing(self, schemes, *args, **kwargs):
            result = compute(self, schemes, *args, **kwargs)
            if failures and schemes.company_id.name == "Aster Garments":
                raise failures.pop()
            return result

        self.env.flush_all()
        with patch.object(engine, "_compute_schemes", failing):
            self._run_cron("followup_crm.tier_cron_compute")
        self.assertFalse(failures)
        self.assertTrue(self._classes(self.scheme))
        self.assertEqual(len(self._log(self.scheme, self.big)), 1)

    def test_one_computation_at_a_time(self):
        """T20, R2: while a company is computed, another transaction has to wait."""
        self._compute(self.scheme)
        question = SQL(
            """SELECT pg_try_advisory_xact_lock(hashtext('followup.tier'), %s)""",
            self.company_a.id,
        )
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(question)
            self.assertEqual(other.fetchone(), (False,))

    def test_today_is_the_companys(self):
        """T20: in Shanghai it is tomorrow already; an order of today does not count."""
        self.company_a.partner_id.tz = "Asia/Shanghai"
        self._orders((self.small, 5000, "2026-06-30 20:00:00"))
        with freeze_time("2026-06-30 23:00:00"):
            run = self._compute(self.scheme, today=None)
            self.assertEqual(run.window_to, TODAY)
            self.assertEqual(self._assignment(self.small, self.scheme).measure, 10)
        with freeze_time("2026-07-01 16:30:00"):
            run = self._compute(self.scheme, today=None)
            self.assertEqual(run.window_to, date(2026, 7, 2))
            self.assertEqual(self._assignment(self.small, self.scheme).measure, 5010)
