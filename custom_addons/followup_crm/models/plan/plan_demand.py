from collections import defaultdict
from datetime import date

from odoo import api, models
from odoo.tools import SQL

from ...tools.contact_plan import Days, Demand, spread

# Customers come to us, too: both are a visit.
VISIT_METHODS = ("visit", "customer_visit")
# What is planned up to this many days after the month may stand for what is due in it.
LOOK_AHEAD_DAYS = 183
DAYS_OF_MONTH = 30.4


class InteractionPlan(models.Model):
    """What the customers of the plans' users ask for, read set by set."""

    _inherit = "followup.interaction.plan"

    def _spread(self):
        """The contacts that plans still lack, each on a day; nothing is written.

        :return: dict of plan: (contacts with a day, contacts without room), of
            ``tools.contact_plan.Contact``
        """
        self.env.flush_all()
        demands = self._get_demands()
        capacities = self._get_day_capacities()
        loads = self._get_loads()
        result = {}
        for plan in self:
            first = plan._get_first_day()
            room = {d: n for d, n in capacities[plan].items() if d >= first}
            result[plan] = spread(
                demands.get(plan, []),
                Days(room, loads.get(plan, {})),
                first,
                plan.date_to,
                plan._get_visit_weight(),
            )
        return result

    def _get_visit_weight(self):
        # Elevated: a setting is no secret to the company's users.
        return self.company_id.sudo().fcrm_plan_visit_weight

    def _get_demands(self):
        """Customers that may be due within the month, as ``Demand``.

        Active files of the plan's user that are not blacklisted, with the strictest
        interval of their tiers, the last contact and what is planned already. A
        customer that was never contacted counts from the day of its file. First visits
        are spread over the interval of the visits; one that was missed is due at once.

        :return: dict of plan: list of ``Demand``
        """
        rows = self.env.execute_query(self._demand_select())
        by_id = {plan.id: plan for plan in self}
        demands = defaultdict(list)
        for plan_id, planned, *asked in rows:
            demand = Demand(*asked, planned=self._parse_planned(planned))
            demands[by_id[plan_id]].append(demand)
        return demands

    @api.model
    def _parse_planned(self, planned):
        """(day, is it a visit) of texts that ``_contact_select`` has made."""
        return tuple(
            (date.fromisoformat(text[1:]), text[0] == "v") for text in planned or ()
        )

    def _plan_select(self):
        """SQL: one row per plan, with the days between which it is made."""
        return SQL(
            """
            SELECT p.id, p.user_id, p.company_id, p.month, d.first_day,
                   (p.month + interval '1 month' - interval '1 day')::date AS last_day,
                   d.today
              FROM followup_interaction_plan p
              JOIN unnest(%s::int[], %s::date[], %s::date[])
                   AS d (id, first_day, today) ON d.id = p.id
            """,
            self.ids,
            [plan._get_first_day() for plan in self],
            [plan._get_today() for plan in self],
        )

    def _contact_select(self):
        """SQL: what happened and what is planned, one row per customer.

        ``last``, ``last_visit``: done, or planned before the days of the plan;
        ``planned``: the days from then on, behind the letter v for a visit. What is
        late stands for a contact of today: it is still to be done.
        """
        return SQL(
            """
            SELECT i.customer_id,
                   MAX(i.day) FILTER (WHERE i.is_last) AS last,
                   MAX(i.day) FILTER (WHERE i.is_last AND i.is_visit) AS last_visit,
                   ARRAY_AGG(CASE WHEN i.is_visit THEN 'v' ELSE '-' END || i.day::text
                             ORDER BY i.day) FILTER (WHERE NOT i.is_last) AS planned
              FROM (SELECT i.customer_id, i.method = ANY(%(visits)s) AS is_visit,
                           i.state = 'done' OR GREATEST(i.date, o.today) < o.first_day
                               AS is_last,
                           CASE WHEN i.state = 'done' THEN i.date
                                ELSE GREATEST(i.date, o.today) END AS day
                      FROM owned o
                      JOIN followup_interaction i ON i.customer_id = o.id
                       AND i.company_id = o.company_id
                       AND i.state IN ('done', 'planned', 'confirmed')
                       AND i.date <= o.last_day + %(ahead)s
                       AND NOT COALESCE(i.is_personal, FALSE)) i
             GROUP BY i.customer_id
            """,
            visits=list(VISIT_METHODS),
            ahead=LOOK_AHEAD_DAYS,
        )

    def _demand_select(self):
        """SQL: plan, customer, interval, last contact, the same of visits, planned."""
        return SQL(
            """
            WITH plan AS (%(plans)s),
            owned AS (
                SELECT f.id, f.company_id, f.last_contact_date, f.tier_sequence,
                       f.create_date::date AS made, p.id AS plan_id, p.month,
                       p.first_day, p.last_day, p.today
                  FROM plan p
                  JOIN followup_customer f ON f.user_id = p.user_id
                   AND f.company_id = p.company_id
                   AND f.active AND f.standing <> 'blacklisted'
            ), policy AS (%(policies)s),
            contact AS (%(contacts)s),
            missed AS (
                SELECT DISTINCT i.customer_id
                  FROM owned o
                  JOIN followup_interaction i ON i.customer_id = o.id
                   AND i.method = 'visit' AND i.state = 'missed'
            ), asked AS (
                SELECT o.plan_id, o.id,
                       COALESCE(p.contact_interval_days, 0) AS days,
                       GREATEST(COALESCE(o.last_contact_date, c.last, o.made), c.last)
                           AS last,
                       COALESCE(p.visit_interval_days, 0) AS visit_days,
                       CASE
                       WHEN c.last_visit IS NOT NULL
                       THEN c.last_visit + p.visit_interval_days
                       WHEN m.customer_id IS NOT NULL THEN o.first_day
                       WHEN (12 * extract(year FROM o.month)
                             + extract(month FROM o.month))::int
                            %% GREATEST(1, ROUND(p.visit_interval_days / %(days)s)::int)
                            = o.id
                            %% GREATEST(1, ROUND(p.visit_interval_days / %(days)s)::int)
                       THEN o.month + o.id %% 28
                       END AS visit_due,
                       COALESCE(o.tier_sequence, 999) AS priority,
                       c.planned, o.last_day
                  FROM owned o
                  JOIN policy p ON p.customer_id = o.id
                  LEFT JOIN contact c ON c.customer_id = o.id
                  LEFT JOIN missed m ON m.customer_id = o.id
            )
            SELECT plan_id, planned, id, days, last, visit_days, visit_due, priority
              FROM asked
             WHERE days > 0 AND last + days <= last_day
                OR visit_days > 0 AND visit_due <= last_day
             ORDER BY plan_id, id
            """,
            plans=self._plan_select(),
            policies=self.env["followup.customer"]._policy_select(
                SQL("""(SELECT id FROM owned)""")
            ),
            contacts=self._contact_select(),
            days=DAYS_OF_MONTH,
        )

    def _get_loads(self):
        """What the users' days hold already, whoever planned it.

        :return: dict of plan: dict of date: contacts, a visit counted by its weight
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH plan AS (%s)
                SELECT p.id, i.date, COUNT(*) FILTER (WHERE i.method <> 'visit'),
                       COUNT(*) FILTER (WHERE i.method = 'visit')
                  FROM plan p
                  JOIN followup_interaction i ON i.user_id = p.user_id
                   AND i.company_id = p.company_id
                   AND i.date BETWEEN p.first_day AND p.last_day
                   AND i.state IN ('planned', 'confirmed', 'done')
                 GROUP BY p.id, i.date
                """,
                self._plan_select(),
            )
        )
        by_id = {plan.id: plan for plan in self}
        loads = defaultdict(dict)
        for plan_id, day, calls, visits in rows:
            plan = by_id[plan_id]
            loads[plan][day] = calls + visits * plan._get_visit_weight()
        return loads
