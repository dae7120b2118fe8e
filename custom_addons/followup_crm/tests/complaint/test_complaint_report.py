from freezegun import freeze_time

from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestComplaintReport(ComplaintCase):
    """C14: How many, how fast, how often again, what it costs, how satisfied."""

    def _row(self, complaint):
        self.env.flush_all()
        reports = self.env["followup.complaint.report"].with_user(self.user_own)
        reports.invalidate_model()
        return reports.search([("complaint_id", "=", complaint.id)])

    def test_times(self):
        """C14: Hours to acknowledge and propose, days to close, promises kept."""
        with freeze_time("2026-03-02 09:00:00"):
            complaint = self._complain(category_id=self.category.id)
            self.env.flush_all()
        with freeze_time("2026-03-02 11:30:00"):
            complaint.action_acknowledge()
        row = self._row(complaint)
        self.assertEqual(row.acknowledge_hours, 2.5)
        self.assertEqual(row.acknowledge_kept, 100)
        self.assertFalse(row.close_days)
        with freeze_time("2026-03-09 09:00:00"):
            complaint.action_investigate()
            complaint.write(
                {
                    "findings": "x",
                    "cause_id": self.cause.id,
                    "responsible_kind": "us",
                    "instruction": "x",
                }
            )
            self._as(complaint, self.manager).action_direct()
            complaint.proposal_ids = [(0, 0, {"name": "x"})]
            complaint.action_propose()
        row = self._row(complaint)
        self.assertEqual(row.propose_hours, 7 * 24)
        self.assertEqual(row.propose_kept, 0)

    def test_closed_and_satisfied(self):
        """C14: Days to close and the answer of the revisit."""
        with freeze_time("2026-03-02 09:00:00"):
            complaint = self._judged()
            self.env.flush_all()
        with freeze_time("2026-03-14 09:00:00"):
            self._as(complaint, self.manager).action_direct()
            complaint.proposal_ids = [(0, 0, {"name": "x"})]
            complaint.action_propose()
            complaint.proposal_ids.action_agree()
            complaint.action_remedy()
            complaint.result_text = "x"
            complaint.action_tell()
            complaint.action_capa_not_needed()
            complaint.action_close()
            complaint.action_satisfied()
        row = self._row(complaint)
        self.assertEqual(row.close_days, 12)
        self.assertEqual(row.close_kept, 100)
        self.assertEqual(row.satisfied, 100)

    def test_recurrence(self):
        """C14: The second of a product and cause is a recurrence."""
        vals = {"product_id": self.product.id, "cause_id": self.cause.id}
        first = self._complain(received_date="2026-01-05 09:00:00", **vals)
        second = self._complain(received_date="2026-02-05 09:00:00", **vals)
        late = self._complain(received_date="2027-06-05 09:00:00", **vals)
        self.assertEqual(
            [self._row(one).recurrence for one in (first, second, late)], [0, 1, 0]
        )

    def test_average_by_category(self):
        """C14: The pivot's averages leave out what has not happened yet."""
        with freeze_time("2026-03-02 09:00:00"):
            first = self._complain(category_id=self.category.id)
            self._complain(category_id=self.category.id)
            self.env.flush_all()
        with freeze_time("2026-03-02 10:00:00"):
            first.action_acknowledge()
        self.env.flush_all()
        rows = self.env["followup.complaint.report"]._read_group(
            [("company_id", "=", self.company_a.id)],
            ["category_id"],
            ["__count", "acknowledge_hours:avg"],
        )
        self.assertEqual(rows, [(self.category, 2, 1.0)])
