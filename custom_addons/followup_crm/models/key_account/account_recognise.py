from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.bulk import execute_bulk
from ...tools.day import company_today

# What a recognition may tell in one message.
NAMED = 20
# More new accounts than these are first looked at by the nightly job.
WATCHED_AT_ONCE = 200


class Account(models.Model):
    """Recognition (A1): which customers are key accounts, by class or by hand.

    It follows every classification, compares in one statement and writes only what
    differs.
    """

    _inherit = "followup.account"

    @api.model
    def _recognise(self, company, notify=True, customers=None):
        """Bring the key accounts of a company in line with classes and decisions.

        :param company: ``res.company``
        :param notify: tell the managers of what began and ended
        :param SQL customers: array of the ids of those that may differ (default: all)
        :return: (accounts that became, accounts that ended)
        """
        self.env.flush_all()
        # Elevated: recognition sees all customers of the company, whoever starts it.
        accounts = self.sudo()
        statement = self._recognise_statement(company, customers)
        rows = execute_bulk(self.env, statement)
        if not rows:
            return accounts.browse(), accounts.browse()
        self.env.invalidate_all()
        begun = accounts.browse(row[0] for row in rows if row[1] == "recognised")
        ended = accounts.browse(row[0] for row in rows if row[1] == "ended")
        begun._begin()
        ended._end()
        if notify:
            begun._tell_recognised()
            ended._tell_ended()
        return begun, ended

    def _recognise_statement(self, company, customers=None):
        """SQL: write what differs, and an event for each; rows of (id, kind)."""
        # Elevated: a setting.
        tiers = company.sudo()._fcrm_get_account_tiers()

        def only(column):
            if customers is None:
                return SQL("""TRUE""")
            return SQL("""%s = ANY(%s)""", column, customers)

        return SQL(
            """
            WITH wanted AS MATERIALIZED (
                SELECT f.id AS customer_id, f.user_id, f.tier_id,
                       COALESCE(NULLIF(f.tier_sequence, 0), 999) AS place
                  FROM followup_customer f
                  LEFT JOIN followup_account a ON a.customer_id = f.id
                  LEFT JOIN (SELECT DISTINCT customer_id
                               FROM followup_tier_assignment
                              WHERE tier_id = ANY(%(tiers)s) AND %(only_classes)s) s
                         ON s.customer_id = f.id
                 WHERE f.company_id = %(company)s AND f.active
                   AND %(only_files)s
                   AND (a.decision = 'include'
                        OR COALESCE(a.decision, 'none') = 'none'
                           AND s.customer_id IS NOT NULL)
            ), made AS (
                INSERT INTO followup_account (
                    customer_id, company_id, active, state, decision, date_from,
                    manager_id, tier_sequence, create_uid, create_date, write_uid,
                    write_date)
                SELECT w.customer_id, %(company)s, TRUE, 'current', 'none', %(today)s,
                       w.user_id, w.place, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM wanted w
                 WHERE NOT EXISTS (SELECT FROM followup_account a
                                    WHERE a.customer_id = w.customer_id)
                RETURNING id, customer_id
            ), back AS (
                UPDATE followup_account a
                   SET state = 'current', date_from = %(today)s, date_to = NULL,
                       manager_id = COALESCE(a.manager_id, w.user_id)
                  FROM wanted w
                 WHERE a.customer_id = w.customer_id AND a.state = 'former'
                RETURNING a.id, a.customer_id
            ), gone AS (
                UPDATE followup_account a
                   SET state = 'former', date_to = %(today)s
                 WHERE a.company_id = %(company)s AND a.state = 'current'
                   AND %(only_accounts)s
                   AND NOT EXISTS (SELECT FROM wanted w
                                    WHERE w.customer_id = a.customer_id)
                RETURNING a.id, a.customer_id
            ), noted AS (
                INSERT INTO followup_account_event (
                    account_id, customer_id, company_id, date, kind, after, create_uid,
                    create_date, write_uid, write_date)
                SELECT n.id, n.customer_id, %(company)s, %(now)s, n.kind, t.code,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM (SELECT id, customer_id, 'recognised' AS kind FROM made
                         UNION ALL SELECT id, customer_id, 'recognised' FROM back
                         UNION ALL SELECT id, customer_id, 'ended' FROM gone) n
                  JOIN followup_customer f ON f.id = n.customer_id
                  LEFT JOIN followup_tier t ON t.id = f.tier_id
                RETURNING account_id, kind
            )
            SELECT account_id, kind FROM noted ORDER BY account_id
            """,
            company=company.id,
            tiers=tiers.ids,
            only_files=only(SQL("""f.id""")),
            only_classes=only(SQL("""customer_id""")),
            only_accounts=only(SQL("""a.customer_id""")),
            today=company_today(company),
            now=fields.Datetime.now(),
            uid=self.env.uid,
        )

    def _begin(self):
        """What is watched is noted from now on; of very many, by the nightly job."""
        if len(self) <= WATCHED_AT_ONCE:
            self._watch()
        self._prioritise_deliveries()

    def _end(self):
        """Nothing is left to check; what was begun stays as it is."""
        self.check_ids.filtered(lambda check: check.state == "open")._drop()

    def _tell_recognised(self):
        """One message per manager, and one to a manager of the company for the rest."""
        self._tell_managers(self.filtered("manager_id"))
        for company, mine in (
            self.filtered(lambda account: not account.manager_id)
            .grouped("company_id")
            .items()
        ):
            chief = mine.customer_id[:1].with_company(company)._get_approving_manager()
            if not chief or chief == self.env.user:
                continue
            mine = mine.with_context(lang=chief.lang)
            mine.env["mail.thread"].message_notify(
                partner_ids=chief.partner_id.ids,
                subject=mine.env._("Key accounts without a manager"),
                body=mine.env._(
                    "%(customers)s became key accounts and have no manager yet.",
                    customers=mine._get_named(),
                ),
            )

    def _tell_ended(self):
        """One message per manager: what is no longer a key account."""
        for manager, mine in self.grouped("manager_id").items():
            if not manager.active or manager == self.env.user:
                continue
            mine = mine.with_context(lang=manager.lang)
            mine.env["mail.thread"].message_notify(
                partner_ids=manager.partner_id.ids,
                subject=mine.env._("No longer key accounts"),
                body=mine.env._(
                    "%(customers)s are no key accounts any more.",
                    customers=mine._get_named(),
                ),
            )

    def _get_named(self):
        """The customers' names, the first ones and how many more."""
        names = self[:NAMED].customer_id.mapped("name")
        if len(self) > NAMED:
            names.append(f"+ {len(self) - NAMED}")
        return ", ".join(names)

    # === DECISIONS === #

    @api.model
    def _decide(self, customers, decision, reason=""):
        """A manager's word beats the class; it holds until it is taken back.

        :param customers: ``followup.customer``
        :param decision: key of ``DECISIONS``
        :param reason: why; kept in the history
        """
        self._check_may_assign()
        customers.check_access("write")
        # Elevated: the record is made by this method only.
        accounts = self.sudo()
        known = accounts.search([("customer_id", "in", customers.ids)])
        missing = customers - known.customer_id
        known |= accounts.create(
            [
                {"customer_id": one.id, "state": "former", "manager_id": one.user_id.id}
                for one in missing
            ]
        )
        known.write(
            {
                "decision": decision,
                "decision_reason": reason,
                "decision_user_id": self.env.uid,
                "decision_date": fields.Date.context_today(self),
            }
        )
        kinds = {"include": "included", "exclude": "excluded", "none": "by_class"}
        known.with_user(self.env.user)._note_event(kinds[decision], note=reason)
        for company in customers.company_id:
            self._recognise(company)
        return known


class TierEngine(models.AbstractModel):
    """Key accounts follow the classes."""

    _inherit = "followup.tier.engine"

    def _compute_company(self, company_id):
        """Nightly in any case: a setting or an owner may have changed."""
        result = super()._compute_company(company_id)
        company = self.env["res.company"].browse(company_id)
        self.env["followup.account"]._recognise(company)
        return result

    def _follow_moves(self, company, notify, runs=None):
        result = super()._follow_moves(company, notify, runs)
        customers = None
        if runs is not None:
            # Elevated: a setting.
            customers = runs._moved_array(company.sudo()._fcrm_get_account_tiers())
        self.env["followup.account"]._recognise(company, notify, customers)
        return result

    @api.model
    def _apply_overrides(self, customers, schemes):
        result = super()._apply_overrides(customers, schemes)
        ids = SQL("""%s""", customers.ids)
        for company in schemes.company_id:
            self.env["followup.account"]._recognise(company, customers=ids)
        return result
