import logging
import time

from dateutil.relativedelta import relativedelta
from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.day import company_today
from .plan_demand import VISIT_METHODS

_logger = logging.getLogger(__name__)

# Plans of one transaction.
BATCH = 20
# More plans than these are left to the scheduled action.
AT_ONCE = 20
TRIES = 5
# Another job works on the same plans: begin afresh, and find nothing left to do.
CONCURRENCY_ERRORS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)


class InteractionPlan(models.Model):
    """Making plans: for one user at once, for all users as a job in batches.

    A plan that waits for its contacts is marked. A batch locks its plans, inserts their
    contacts by one statement and takes the mark away in the same transaction: what is
    interrupted begins again, and nothing is made twice.
    """

    _inherit = "followup.interaction.plan"

    # === CRON === #

    @api.model
    def _cron_generate(self):
        """Daily: next month's plans where they are made by themselves; and all marked.

        They are made from some days before the month on.
        """
        for company in self.env["res.company"].search([("fcrm_plan_auto", "=", True)]):
            today = company_today(company)
            month = today.replace(day=1) + relativedelta(months=1)
            if (month - today).days <= company.fcrm_plan_lead_days:
                self._mark_for_users(company, month)
        self._generate_waiting()

    @api.model
    def _generate_waiting(self):
        """Make the contacts of all marked plans, a batch a transaction.

        Where a batch fails, its plans are made one by one: the others go on.
        """
        cron = self.env["ir.cron"]
        waiting = self.sudo().search_count([("is_waiting", "=", True)])  # of all users
        cron._commit_progress(remaining=waiting)
        failed, size = self.browse(), BATCH
        while True:
            made, broken = self._attempt_batch(failed, size)
            if size == 1:
                failed |= broken
            size = 1 if broken else size
            if not (made or broken) or not cron._commit_progress(len(made)):
                break

    @api.model
    def _attempt_batch(self, skipped, size):
        """Make one batch in its own transaction; what fails leaves no trace.

        :param skipped: plans that have failed before
        :param size: how many at most
        :return: (plans made, plans that failed)
        """
        batch = self.browse()
        for attempt in range(1, TRIES + 1):
            try:
                batch = self._lock_waiting(skipped, size)
                batch._generate()
                self.env.flush_all()
                return batch, self.browse()
            except CONCURRENCY_ERRORS:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                time.sleep(attempt / 10)
            except Exception:
                self.env.cr.rollback()
                self.env.invalidate_all(flush=False)
                _logger.exception("Contact plans %s could not be made", batch.ids)
                return self.browse(), batch
        _logger.warning("Contact plans: too busy, left to the next run")
        return self.browse(), self.browse()

    @api.model
    def _lock_waiting(self, skipped, size):
        """The next plans to make, of one company and month; none that is worked on."""
        # Elevated: the job works for all users.
        plans = self.sudo()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, company_id, month FROM followup_interaction_plan
                 WHERE is_waiting AND id <> ALL(%s)
                 ORDER BY company_id, month, id
                 LIMIT %s
                   FOR NO KEY UPDATE SKIP LOCKED
                """,
                skipped.ids,
                size,
            )
        )
        return plans.browse(row[0] for row in rows if row[1:] == rows[0][1:])

    @api.model
    def _mark_for_users(self, company, month, users=None):
        """Mark the plans of a month; make those that are not there.

        A plan that was made already is left alone.

        :param users: ``res.users`` (default: all who own a customer file)
        :return: the marked plans
        """
        self.env.flush_all()
        only = SQL("""u.id = ANY(%s)""", users.ids) if users else SQL("""TRUE""")
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO followup_interaction_plan (
                    user_id, company_id, month, state, day_capacity, is_waiting,
                    left_out_count, create_uid, write_uid, create_date, write_date
                )
                SELECT u.id, %(company)s, %(month)s, 'draft', %(capacity)s, TRUE, 0,
                       %(uid)s, %(uid)s, NOW() AT TIME ZONE 'UTC',
                       NOW() AT TIME ZONE 'UTC'
                  FROM res_users u
                 WHERE u.active AND NOT COALESCE(u.share, FALSE) AND %(only)s
                   AND EXISTS (SELECT FROM res_company_users_rel r
                                WHERE r.user_id = u.id AND r.cid = %(company)s)
                   AND EXISTS (SELECT FROM followup_customer f
                                WHERE f.user_id = u.id AND f.company_id = %(company)s
                                  AND f.active)
                 ORDER BY u.id
                    ON CONFLICT (user_id, company_id, month) DO UPDATE
                   SET is_waiting = TRUE
                 WHERE followup_interaction_plan.generated_at IS NULL
                RETURNING id
                """,
                company=company.id,
                month=month,
                # Elevated: a setting is no secret to the company's users.
                capacity=company.sudo().fcrm_plan_capacity,
                uid=self.env.uid,
                only=only,
            )
        )
        plans = self.browse(row[0] for row in rows)
        plans.invalidate_recordset(flush=False)
        return plans

    # === ACTIONS === #

    def action_generate(self):
        """Add the contacts that the plan lacks, from today on."""
        self.ensure_one()
        self.check_access("write")
        # Elevated: locking is no change.
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        if self.is_fixed:
            raise UserError(
                self.env._("The plan has been handed in: let a manager reopen it.")
            )
        if self._get_today() > self.date_to:
            raise UserError(
                self.env._("This month is over: make the plan of a later one.")
            )
        self._generate()

    def action_replan(self):
        """Drop what was proposed and not touched, and propose anew."""
        self.ensure_one()
        self.check_access("write")
        if not self.is_fixed:
            self._drop_proposed()
        self.action_generate()

    def action_open_left_out(self):
        """The customers that are due in the month and stand in no plan."""
        self.ensure_one()
        self.check_access("read")
        # Elevated: what is due is found for the plan's user; the list asks for rights.
        placed, left_out = self.sudo()._spread()[self.sudo()]
        customers = {contact.customer_id for contact in (*placed, *left_out)}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Due, and without a contact in the plan"),
            "res_model": "followup.customer",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", sorted(customers))],
        }

    # === BUSINESS === #

    def _generate(self):
        """Make the contacts that these plans lack; put in force what needs no approval.

        Contacts of the month that are planned already become lines of the plan.
        """
        if not self:
            return
        # Elevated: the plan is the user's own; contacts are made for him or her.
        plans = self.sudo()
        plans._adopt_planned()
        spread = plans._spread()
        rows = [
            (p, contact) for p, (placed, _left) in spread.items() for contact in placed
        ]
        plans._insert_contacts(rows)
        for plan, (_placed, left_out) in spread.items():
            plan.write(
                {
                    "is_waiting": False,
                    "generated_at": fields.Datetime.now(),
                    "left_out_count": len(left_out),
                }
            )
        plans.invalidate_recordset(["line_ids"])
        customers = {contact.customer_id for _plan, contact in rows}
        if customers:
            self.env["followup.customer"].browse(customers)._refresh_next_contact()
        plans.filtered(
            lambda plan: plan.state == "draft" and not plan.is_approval_needed
        )._put_in_force()

    def _adopt_planned(self):
        """Open contacts of the users in the month belong to their plans."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_interaction i
                   SET plan_id = p.id, plan_date = i.date, plan_tier_id = f.tier_id
                  FROM (%s) p
                  JOIN followup_customer f ON f.company_id = p.company_id
                 WHERE i.user_id = p.user_id AND i.company_id = p.company_id
                   AND i.customer_id = f.id AND i.plan_id IS NULL
                   AND i.state IN ('planned', 'confirmed')
                   AND i.date BETWEEN p.first_day AND p.last_day
                   AND NOT COALESCE(i.is_personal, FALSE)
                """,
                self._plan_select(),
            )
        )
        self.env["followup.interaction"].invalidate_model(
            ["plan_id", "plan_date", "plan_tier_id"]
        )

    def _insert_contacts(self, rows):
        """Insert planned contacts by one statement; nobody is notified.

        :param rows: list of (plan, ``tools.contact_plan.Contact``)
        """
        if not rows:
            return
        self.env.flush_all()
        contacts = self.env["followup.interaction"]
        template = self._get_template()
        words = {plan: plan._get_purposes() for plan in self}
        columns = {
            "plan": [plan.id for plan, _contact in rows],
            "customer": [contact.customer_id for _plan, contact in rows],
            "date": [contact.day for _plan, contact in rows],
            "due": [contact.due for _plan, contact in rows],
            "visit": [contact.is_visit for _plan, contact in rows],
            "purpose": [words[plan][contact.is_visit] for plan, contact in rows],
        }
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO followup_interaction (
                    plan_id, customer_id, date, plan_date, plan_due_date, method,
                    purpose, user_id, company_id, plan_tier_id, kind, state,
                    create_uid, write_uid, create_date, write_date, %(names)s
                )
                SELECT n.plan_id, n.customer_id, n.date, n.date, n.due,
                       CASE WHEN n.visit THEN 'visit'
                            WHEN f.preferred_method = ANY(%(visits)s) THEN 'phone'
                            ELSE COALESCE(f.preferred_method, 'phone') END,
                       n.purpose, p.user_id, p.company_id, f.tier_id, 'periodic',
                       'planned', %(uid)s, %(uid)s, NOW() AT TIME ZONE 'UTC',
                       NOW() AT TIME ZONE 'UTC', %(values)s
                  FROM unnest(%(plan)s::int[], %(customer)s::int[], %(date)s::date[],
                              %(due)s::date[], %(visit)s::bool[], %(purpose)s::text[])
                       AS n (plan_id, customer_id, date, due, visit, purpose)
                  JOIN followup_interaction_plan p ON p.id = n.plan_id
                  JOIN followup_customer f ON f.id = n.customer_id
                 ORDER BY n.date, n.customer_id
                """,
                names=SQL(", ").join(map(SQL.identifier, template)),
                values=SQL(", ").join(SQL("""%s""", v) for v in template.values()),
                visits=list(VISIT_METHODS),
                uid=self.env.uid,
                **columns,
            )
        )
        contacts.invalidate_model()

    def _get_template(self):
        """Column → value of what every new contact has besides what the plan says."""
        contacts = self.env["followup.interaction"].with_context(clean_context={})
        told = {
            *("plan_id", "customer_id", "date", "plan_date", "plan_due_date", "method"),
            *("purpose", "user_id", "company_id", "plan_tier_id", "kind", "state"),
        }
        names = [
            name
            for name, field in contacts._fields.items()
            if field.store
            and field.column_type
            and name not in told
            and not field.compute
            and not field.related
            and field.default
        ]
        values = contacts.default_get(names)
        return {
            name: contacts._fields[name].convert_to_column_insert(
                values[name], contacts
            )
            for name in names
            if name in values
        }

    def _get_purposes(self):
        """Is it a visit? → purpose of a contact, in the user's language."""
        self.ensure_one()
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        return {
            False: env._("Keep in touch: news, needs, open points"),
            True: env._("Regular visit: review of business and plans"),
        }

    def _drop_proposed(self):
        """Remove the contacts that were proposed from today on and never touched."""
        # Elevated: a proposal is no record of anything; users delete no others.
        for plan in self.sudo():
            today = plan._get_today()
            plan.line_ids.filtered(
                lambda line, today=today: line.date >= today and line._is_proposed()
            ).unlink()
