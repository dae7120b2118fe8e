"""What another division into classes would mean for the work (T24)."""

from collections import Counter

DAYS_OF_MONTH = 365 / 12


class TrialEffect:
    """Effect of a trial, from rows of (old tier, new tier, owner, customers, measure).

    The policy of the scheme's own tiers counts: where another scheme asks for more,
    the work is more, before as after.
    """

    def __init__(self, scheme, rows):
        self.env = scheme.env
        self.tiers = {tier.id: tier for tier in scheme.tier_ids}
        self.first = scheme.tier_ids.sorted("sequence")[:1]
        self.before, self.after = Counter(), Counter()
        for former, new, owner, customers, _measure in rows:
            self.before[(former, owner)] += customers
            self.after[(new, owner)] += customers

    def lines(self):
        """Dicts ``label``, ``before``, ``after``, ``digits``, for the user."""
        factor = self._average_factor
        lines = [
            (self.env._("Contacts per month"), self._contacts, 0),
            (
                self.env._("Most contacts per month for one owner"),
                self._most_contacts,
                0,
            ),
            (self.env._("Visits per year"), self._visits, 0),
            (self.env._("Surveys per year"), self._surveys, 0),
            (
                self.env._(
                    "Most customers of %(tier)s for one owner", tier=self.first.name
                ),
                self._most_first,
                0,
            ),
            (self.env._("Customers with a faster response promised"), self._faster, 0),
            (self.env._("Average factor on the response time"), factor, 2),
            (self.env._("Customers whose orders come first"), self._priority, 0),
        ]
        return [
            {
                "label": label,
                "before": round(figure(self.before), digits),
                "after": round(figure(self.after), digits),
                "digits": digits,
            }
            for label, figure, digits in lines
        ]

    def _times(self, counts, name, days):
        """How often in so many days an interval comes round, per owner."""
        times = Counter()
        for (tier_id, owner), customers in counts.items():
            tier = self.tiers.get(tier_id)
            if tier and tier[name]:
                times[owner] += customers * days / tier[name]
        return times

    def _contacts(self, counts):
        return sum(self._times(counts, "contact_interval_days", DAYS_OF_MONTH).values())

    def _most_contacts(self, counts):
        times = self._times(counts, "contact_interval_days", DAYS_OF_MONTH)
        return max((n for owner, n in times.items() if owner), default=0)

    def _visits(self, counts):
        return sum(self._times(counts, "visit_interval_days", 365).values())

    def _surveys(self, counts):
        return sum(self._times(counts, "survey_interval_days", 365).values())

    def _most_first(self, counts):
        return max(
            (
                customers
                for (tier_id, owner), customers in counts.items()
                if owner and tier_id == self.first.id
            ),
            default=0,
        )

    def _faster(self, counts):
        return self._count(counts, lambda tier: tier.response_factor < 1)

    def _priority(self, counts):
        return self._count(counts, lambda tier: tier.delivery_priority)

    def _average_factor(self, counts):
        total = self._count(counts, lambda tier: True)
        weighted = sum(
            customers * self.tiers[tier_id].response_factor
            for (tier_id, _owner), customers in counts.items()
            if tier_id in self.tiers
        )
        return weighted / total if total else 1.0

    def _count(self, counts, wanted):
        return sum(
            customers
            for (tier_id, _owner), customers in counts.items()
            if tier_id in self.tiers and wanted(self.tiers[tier_id])
        )
