from datetime import timedelta

from odoo import api, fields, models

from .request_story import QUOTATIONS, REQUESTS, REVIEWS, STRANGERS


class Demo(models.AbstractModel):
    """Requests, reminders and public reviews of the demonstration."""

    _inherit = "followup.demo"

    @api.model
    def _load_requests(self):
        """Tell the story of the service desk; a second call does nothing."""
        requests = self.env["followup.request"]
        if requests.search_count([("company_id", "=", self.env.company.id)], limit=1):
            return
        # No mails and no log of changes: nobody has done these things here.
        demo = self.with_context(
            tracking_disable=True,
            mail_create_nolog=True,
            mail_auto_subscribe_no_notify=True,
            mail_notify_force_send=False,
        ).with_company(self.env.ref("base.main_company"))
        made = [demo._make_request(row) for row in (*REQUESTS, *STRANGERS)]
        demo._drop_messages(made)
        demo._make_open_quotations()
        demo._make_reviews()

    @api.model
    def _make_request(self, row):
        """One request, as it stands some hours or days after it came in."""
        hours, kind, channel, customer, product, subject, text, end = row
        moment = fields.Datetime.now() - timedelta(hours=hours)
        vals = {
            "kind": kind,
            "channel": channel,
            "subject": subject,
            "description": text,
            "received_date": moment,
            "received_by_id": self.env.ref("followup_crm.user_zhou").id,
        }
        if product:
            vals["product_id"] = self.env.ref(f"followup_crm.{product}").id
        if isinstance(customer, dict):
            vals |= customer
        else:
            file = self.env.ref(f"followup_crm.customer_{customer}")
            vals["customer_id"] = file.id
            vals["partner_id"] = (file.person_in_charge_id or file.partner_id).id
        request = self.env["followup.request"].create(vals)
        self._finish_request(request, end, moment)
        return request

    @api.model
    def _finish_request(self, request, end, moment):
        """How far it has come: (step, working hours until then)."""
        step, hours = end or (None, 0)
        if step == "working":
            request.action_start()
        if step in ("answered", "closed"):
            answered = moment + timedelta(hours=hours)
            request._answered()
            late = request.answer_deadline and answered > request.answer_deadline
            request.write(
                {
                    "answered_date": answered,
                    "first_answered_date": answered,
                    "answer_hours": request._get_answer_hours(answered),
                    "answer_result": "late" if late else "in_time",
                }
            )
        if step == "closed":
            request._close("answered")
            request.closed_date = moment + timedelta(hours=hours + 20)

    @api.model
    def _make_open_quotations(self):
        """Quotations that were sent and not answered; the job proposes reminders."""
        now = fields.Datetime.now()
        for customer, product, quantity, days in QUOTATIONS:
            file = self.env.ref(f"followup_crm.customer_{customer}")
            record = self.env.ref(f"followup_crm.{product}")
            order = self.env["sale.order"].create(
                {
                    "partner_id": file.partner_id.id,
                    "user_id": file.user_id.id,
                    "validity_date": (now + timedelta(days=30)).date(),
                    "order_line": [
                        (0, 0, {"product_id": record.id, "product_uom_qty": quantity})
                    ],
                }
            )
            order.write({"state": "sent", "date_order": now - timedelta(days=days)})
            self._drop_messages([order])
        self.env["followup.chase"]._propose(self.env.company)

    @api.model
    def _make_reviews(self):
        """A year of public reviews: the score rises after the fabric was changed."""
        today = fields.Date.context_today(self)
        handler = self.env.ref("followup_crm.user_lena")
        for days, platform, score, product, name, text, answer in REVIEWS:
            place = self.env.ref(f"followup_crm.review_platform_{platform}")
            review = self.env["followup.review"].create(
                {
                    "name": name,
                    "text": text,
                    "platform_id": place.id,
                    "date": today - timedelta(days=days),
                    "score": score,
                    "product_id": self.env.ref(f"followup_crm.{product}").id,
                    "user_id": handler.id,
                    "answer": answer,
                }
            )
            if answer:
                review.action_answered()
            if days > 30:
                review.activity_ids.unlink()
                review.action_close()
