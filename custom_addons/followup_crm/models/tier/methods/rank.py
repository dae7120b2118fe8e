from odoo.tools import SQL

from .share import ShareMethod


class RankMethod(ShareMethod):
    """Place among the customers with a measure above zero (VIP 1/5/20 %, T2).

    Of N customers, place p belongs to the first tier whose limit satisfies
    p ≤ max(1, ceil(limit × N)), so that sixty customers have one VIP; with a cap, also
    p ≤ cap. Ties share the better place.
    """

    code = "rank"

    def label(self, env):
        return env._("Place in the ranking")

    def select(self, scheme, base):
        cases = []
        for tier in scheme.tier_ids.sorted("sequence"):
            place = SQL(
                """s.rank <= GREATEST(1, CEIL(%s * s.number / 100))""", tier.limit
            )
            if tier.cap:
                place = SQL("""(%s AND s.rank <= %s)""", place, tier.cap)
            cases.append(SQL("""WHEN %s THEN %s""", place, tier.id))
        return self._ranked_rows(scheme, cases, self._share_select(scheme, base))

    def explain(self, assignment):
        env = assignment.env
        if not assignment.rank:
            return super().explain(assignment)
        return env._(
            "%(label)s of the last %(months)s months %(measure)s, place %(rank)s of"
            " %(count)s (%(tier)s: the first %(limit)g %%).",
            label=assignment._get_measure_label(),
            months=assignment.scheme_id.window_months,
            measure=assignment._format_measure(),
            rank=assignment.rank,
            count=assignment.scheme_id.last_run_id.ranked_count,
            tier=assignment.computed_tier_id.name,
            limit=assignment.computed_tier_id.limit,
        )
