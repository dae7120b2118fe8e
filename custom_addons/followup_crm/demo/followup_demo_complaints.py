import io
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import Command, api, fields, models
from odoo.tools import plaintext2html

from .complaint_story import MAIN, STORIES
from .complaint_story_past import ARTICLES

# Step of a story → field that says when it was taken.
STEP_FIELDS = {
    "acknowledged": "acknowledged_date",
    "contained": "contained_date",
    "directed": "directed_date",
    "proposed": "proposed_date",
    "agreed": "agreed_date",
    "remedied": "remedied_date",
    "told": "told_date",
    "closed": "closed_date",
    "reminded": "reminder_date",
    "called": "call_date",
    "paused": "paused_date",
}
STATES = (
    "acknowledged",
    "investigating",
    "directed",
    "proposed",
    "agreed",
    "remedied",
    "refused",
    "closed",
)
TOLD_FIELDS = (
    "subject description channel severity quantity wanted containment sample_result"
    " inspection_note findings root_cause responsible_kind instruction consequences"
    " idea"
).split()


class Demo(models.AbstractModel):
    """Complaints of two years, with proposals, actions and articles."""

    _inherit = "followup.demo"

    @api.model
    def _load_complaints(self):
        """Complete the story of the complaints; a second call does nothing."""
        known = "followup_crm.demo_complaint_brightwell_shirts"
        if self.env.ref(known, raise_if_not_found=False):
            return
        demo = self.with_context(
            tracking_disable=True, mail_activity_quick_update=True, mail_notrack=True
        ).with_company(self.env.ref("base.main_company"))
        now = fields.Datetime.now()
        factory = demo.env["res.partner"].create(
            {
                "name": "Changzhou Xinhe Garment Factory 常州新禾服装厂",
                "is_company": True,
                "country_id": self.env.ref("base.cn").id,
                "email": "quality@xinhe-garments.example",
            }
        )
        complaints = {}
        # The oldest first, so that numbers and recurrences come in their order.
        for story in sorted(STORIES, key=lambda one: -one["days"]):
            complaint = demo._load_complaint(story, now, factory)
            complaints[story["key"]] = complaint
        demo._drop_messages(complaints.values())
        demo._load_articles(complaints)
        demo._load_mail(complaints[MAIN["key"]])

    @api.model
    def _load_complaint(self, story, now, factory):
        received = self._get_received(story, now)
        customer = self._get_customers().get(story["customer"])
        complaint = self.env["followup.complaint"].create(
            {
                **{name: story[name] for name in TOLD_FIELDS if name in story},
                **self._prepare_links(story, customer, received),
                "received_date": received,
                "received_by_id": self._ref(story["user"]).id,
                "user_id": self._ref(story["user"]).id,
                "responsible_department": story.get("department"),
                "responsible_partner_id": factory.id if "supplier" in story else False,
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "followup_crm",
                "name": f"demo_complaint_{story['key']}",
                "model": complaint._name,
                "res_id": complaint.id,
                "noupdate": True,
            }
        )
        self._load_proposals(complaint, story, received)
        complaint.write(self._prepare_steps(story, received))
        self._load_pause(complaint, story)
        self._load_actions(complaint, story)
        if "cause" in story:
            complaint._note_recurrence()
        return complaint

    @api.model
    def _get_received(self, story, now):
        """A working hour so many days ago, in the morning of Hong Kong."""
        if not story["days"]:
            return now - timedelta(hours=story.get("hours", 1))
        day = now - timedelta(days=story["days"])
        day -= timedelta(days=max(day.weekday() - 4, 0))
        return day.replace(hour=2, minute=20, second=0, microsecond=0)

    @api.model
    def _prepare_links(self, story, customer, received):
        vals = {"category_id": self._ref(f"complaint_category_{story['category']}").id}
        if "cause" in story:
            vals["cause_id"] = self._ref(f"complaint_cause_{story['cause']}").id
        if "product" in story:
            vals["product_id"] = self._ref(f"product_{story['product']}").id
        if not customer:
            name, email = story["complainant"]
            return {**vals, "complainant_name": name, "email_from": email}
        person = customer.person_in_charge_id or customer.partner_id
        orders = self.env["sale.order"].search(
            [
                ("partner_id", "=", customer.partner_id.id),
                ("state", "=", "sale"),
                ("date_order", "<", received - timedelta(days=20)),
            ],
            order="date_order desc",
        )
        fitting = orders.filtered(
            lambda o: vals.get("product_id") in o.order_line.product_id.ids
        )
        order = (fitting or orders)[:1]
        invoices = order.invoice_ids.filtered(lambda m: m.state == "posted")
        return {
            **vals,
            "customer_id": customer.id,
            "partner_id": person.id,
            "email_from": person.email,
            "order_id": order.id,
            "picking_id": order.picking_ids[:1].id,
            "move_id": invoices[:1].id,
        }

    @api.model
    def _load_proposals(self, complaint, story, received):
        steps = story.get("steps", {})
        for name, kind, amount, cost, state in story.get("proposals", ()):
            answered = state in ("agreed", "declined")
            offered = received + timedelta(hours=steps["proposed"])
            self.env["followup.complaint.proposal"].create(
                {
                    "complaint_id": complaint.id,
                    "name": name,
                    "kind": kind,
                    "amount": amount,
                    "cost": cost,
                    "state": state,
                    "offered_date": offered,
                    "answered_date": received + timedelta(hours=steps["agreed"])
                    if answered
                    else False,
                    "answered_via": "mail" if answered else False,
                    "answered_by": complaint.partner_id.name if answered else False,
                }
            )
            if state == "agreed" and "remedied" in steps:
                complaint.other_cost += cost

    @api.model
    def _prepare_steps(self, story, received):
        """State and dates of a story, as its steps would have left them."""
        steps = story.get("steps", {})
        vals = {
            STEP_FIELDS[step]: received + timedelta(hours=hours)
            for step, hours in steps.items()
            if step in STEP_FIELDS
        }
        reached = [state for state in STATES if state in steps]
        vals["state"] = reached[-1] if reached else "received"
        vals["result_text"] = story.get("result")
        vals["nature"] = story.get("nature", "genuine")
        vals["refusal_reason"] = story.get("refusal")
        vals["is_paused"] = "paused" in steps
        if "directed" in steps:
            vals["directed_by_id"] = self._ref("user_grace").id
        if story.get("actions") or story.get("capa"):
            vals["capa_decision"] = "needed"
        if "closed" in steps:
            closed = vals["closed_date"]
            outcome = "refused" if "refused" in steps else story.get("outcome")
            vals |= {
                "first_closed_date": closed,
                "outcome": outcome or "agreed",
                "revisit_date": closed.date() + timedelta(days=7),
                "capa_date": closed,
            }
            vals.setdefault("capa_decision", "not_needed")
        if "revisit" in story:
            result, days = story["revisit"]
            vals["revisit_result"] = result
            vals["revisited_on"] = vals["closed_date"].date() + timedelta(days=days)
        return vals

    @api.model
    def _load_pause(self, complaint, story):
        if complaint.is_paused:
            self.env["followup.complaint.pause"].create(
                {
                    "complaint_id": complaint.id,
                    "date_from": complaint.paused_date,
                    "reason": story["pause"],
                    "user_id": complaint.user_id.id,
                }
            )

    @api.model
    def _load_actions(self, complaint, story):
        for name, kind, state, department in story.get("actions", ()):
            done = complaint.closed_date.date()
            vals = {
                "name": name,
                "kind": kind,
                "complaint_id": complaint.id,
                "department": department,
                "user_id": self._ref("user_zhou").id,
                "date_deadline": done,
                "result": "It stands in the instructions, and everybody was told.",
                "done_date": done,
                "state": "effective" if state == "again" else state,
            }
            if state != "done":
                vals |= {
                    "verification": "Seen at two shipments.",
                    "verified_by_id": self._ref("user_grace").id,
                    "verified_date": done + timedelta(days=10),
                    "effect_date": done + timedelta(days=70),
                }
            if vals["state"] == "effective":
                vals["effect_note"] = "No complaint of this kind since."
                vals["effect_checked_on"] = done + timedelta(days=65)
            self.env["followup.action"].create(vals)

    @api.model
    def _load_articles(self, complaints):
        for article in ARTICLES:
            refs = {
                name: [self._ref(f"{prefix}_{key}").id for key in article[name]]
                for name, prefix in (
                    ("categories", "complaint_category"),
                    ("causes", "complaint_cause"),
                    ("products", "product"),
                )
            }
            products = self.env["product.product"].browse(refs["products"])
            made = self.env["followup.knowledge.article"].create(
                {
                    "name": article["name"],
                    "keywords": article["keywords"],
                    "problem": plaintext2html(article["problem"]),
                    "solution": plaintext2html(article["solution"]),
                    "category_ids": [Command.set(refs["categories"])],
                    "cause_ids": [Command.set(refs["causes"])],
                    "product_ids": [Command.set(products.product_tmpl_id.ids)],
                }
            )
            for key in article["helped"]:
                complaints[key].article_ids += made

    @api.model
    def _load_mail(self, complaint):
        """The mail with which the case began, and its pictures."""
        pictures = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": self._draw_swatches(colours),
                    "mimetype": "image/png",
                    "res_model": complaint._name,
                    "res_id": complaint.id,
                }
                for name, colours in (
                    ("carton-17.png", ("#3d5a80", "#3f7a78")),
                    ("carton-23.png", ("#3d5a80", "#4b7f6f")),
                )
            ]
        )
        self.env["mail.message"].create(
            {
                "model": complaint._name,
                "res_id": complaint.id,
                "message_type": "email",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "author_id": complaint.partner_id.id,
                "email_from": complaint.partner_id.email_formatted,
                "date": complaint.received_date,
                "subject": complaint.subject,
                "body": plaintext2html(complaint.description),
                "attachment_ids": [Command.set(pictures.ids)],
            }
        )

    @api.model
    def _draw_swatches(self, colours):
        """Two pieces of cloth side by side: as approved, and as delivered."""
        picture = Image.new("RGB", (480, 240), "#f2f2f2")
        draw = ImageDraw.Draw(picture)
        for place, colour in enumerate(colours):
            left = 20 + place * 225
            draw.rectangle((left, 20, left + 215, 220), fill=colour)
        stream = io.BytesIO()
        picture.save(stream, "PNG")
        return stream.getvalue()
