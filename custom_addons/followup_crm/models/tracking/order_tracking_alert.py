from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..apart import work_apart
from .order_tracking import CREDIT_DATES

# Trackings whose people are told at a time.
ALERT_BATCH = 200
CREDIT_DAYS = 10


class OrderTracking(models.Model):
    """Alerts: once per event, to the account owner and the responsible (K1)."""

    _inherit = "followup.order.tracking"

    lc_alerted_date = fields.Date(
        readonly=True,
        copy=False,
        help="The date of the letter of credit that was last warned of.",
        string="L/C alert for",
    )

    @api.model
    def _cron_refresh(self):
        """Nightly: dates and figures of all open orders, and alerts."""
        open_orders = self.search([("state", "=", "open")])
        open_orders._complete_by_documents(tell=False)
        self._refresh_all()
        self.env["ir.cron"]._commit_progress(remaining=0)
        self._alert_late(commit=True)
        self._alert_credit()

    @api.model
    def _alert_late(self, commit=False):
        """Tell of milestones that have become overdue; each once per planned date.

        :param commit: commit after each batch, for scheduled actions
        :return: ``followup.order.milestone``, those that were told of
        """
        milestones = self.env["followup.order.milestone"]
        told = milestones
        domain = Domain(self._get_alert_domain())
        while batch := milestones.search(domain, limit=ALERT_BATCH):
            failed = work_apart(batch, self._tell_late)
            domain &= Domain("id", "not in", failed.ids)
            told += batch - failed
            if commit:
                left = milestones.search_count(domain)
                if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                    break
        return told

    def _tell_late(self, milestones):
        for tracking, late in milestones.grouped("tracking_id").items():
            here = tracking._for_reader(late.user_id)
            texts = [m._get_alert_text() for m in late.with_env(here.env)]
            here._alert(late.user_id, texts)
        milestones._mark_alerted()

    def _mark_known_late(self):
        """What was overdue before orders are taken in by the hundred is no news."""
        milestones = self.env["followup.order.milestone"].search(
            [("tracking_id", "in", self.ids), *self._get_alert_domain()]
        )
        milestones._mark_alerted()

    @api.model
    def _get_alert_domain(self):
        return [
            ("tracking_id.state", "=", "open"),
            ("actual_date", "=", False),
            ("planned_date", "<", fields.Date.context_today(self)),
            ("forecast_date", "!=", False),
            ("is_alerted", "=", False),
        ]

    @api.model
    def _alert_credit(self):
        """Tell of dates of letters of credit that are near while goods are here."""
        self.env.flush_all()
        today = fields.Date.context_today(self)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT t.id, d.date
                  FROM followup_order_tracking t
                 CROSS JOIN LATERAL (
                       SELECT MIN(v.date) AS date
                         FROM (VALUES (t.lc_latest_shipment), (t.lc_presentation),
                                      (t.lc_expiry)) v(date)
                        WHERE v.date BETWEEN %(today)s AND %(until)s) d
                 WHERE t.state = 'open' AND d.date IS NOT NULL
                   AND t.lc_alerted_date IS DISTINCT FROM d.date
                   AND EXISTS (SELECT FROM followup_order_milestone m
                                 JOIN followup_milestone_type y ON y.id = m.type_id
                                WHERE m.tracking_id = t.id AND m.actual_date IS NULL
                                  AND y.is_delivery)
                """,
                today=today,
                until=fields.Date.add(today, days=CREDIT_DAYS),
            )
        )
        for tracking_id, date in rows:
            tracking = self.browse(tracking_id)
            tracking = tracking._for_reader(tracking.user_id)
            label = next(n for n in CREDIT_DATES if tracking[n] == date)
            what = tracking.fields_get([label], ["string"])[label]["string"]
            text = tracking.env._(
                "Letter of credit, %(what)s on %(date)s: the goods have not left yet.",
                what=what,
                date=format_date(tracking.env, date),
            )
            tracking._alert(tracking.user_id, [text])
            tracking.lc_alerted_date = date
        return self.browse(row[0] for row in rows)

    def _for_reader(self, users):
        """This order in the words of who is told; the scheduler has no language."""
        self.ensure_one()
        reader = (users | self.customer_id.user_id).filtered("active")[:1]
        return self.with_context(lang=reader.lang)

    def _alert(self, users, lines):
        """Write to the owner of the customer and to those responsible."""
        self.ensure_one()
        users = (users | self.customer_id.user_id).filtered("active")
        self.message_post(
            subject=self.env._("%(order)s is held up", order=self.display_name),
            body=Markup("<br/>").join(lines),
            partner_ids=users.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
