from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from .prospect_story import COSTS, LOST, PROSPECTS, WON

FIELDS = ("money", "authority", "need")


class Demo(models.AbstractModel):
    """Prospects from fairs, what channels cost, products that are bought together."""

    _inherit = "followup.demo"

    @api.model
    def _load_prospects(self, today):
        """Make leads and costs; compare the prospects with the best, count pairs."""
        stages = self.env["crm.stage"].search(Domain.TRUE)
        stages = {stage.fcrm_phase: stage for stage in reversed(stages)}
        for prospect in PROSPECTS:
            self._make_prospect(prospect, stages, today)
        self._make_won(stages)
        self._make_lost(today)
        self.env["followup.channel.cost"].create(
            [
                {
                    "channel_id": self._ref(f"information_channel_{channel}").id,
                    "date_from": today - timedelta(days=days),
                    "amount": amount,
                    "note": note,
                }
                for channel, days, amount, note in COSTS
            ]
        )
        self.env["followup.trait"]._refresh(self.env.company, today)
        self.env["followup.related.engine"]._refresh(self.env.company, today)

    @api.model
    def _make_prospect(self, prospect, stages, today):
        vals = {
            "name": prospect.title,
            "type": "opportunity",
            "partner_name": prospect.company,
            "contact_name": prospect.person,
            "email_from": prospect.email,
            "country_id": self.env.ref(f"base.{prospect.country}").id,
            "fcrm_channel_id": self._ref(f"information_channel_{prospect.channel}").id,
            "fcrm_method_id": self._ref(f"information_method_{prospect.method}").id,
            "fcrm_size_category": prospect.size,
            "stage_id": stages[prospect.phase].id,
            "expected_revenue": prospect.revenue,
            "priority": str(sum(letter.isupper() for letter in prospect.man)),
            "user_id": self._ref(f"user_{prospect.user}").id,
            "company_id": self.env.company.id,
        }
        if prospect.category:
            vals["fcrm_categ_id"] = self._ref(f"category_{prospect.category}").id
            vals["fcrm_industry_id"] = self.env.ref("base.res_partner_industry_G").id
        for field, letter in zip(FIELDS, prospect.man, strict=True):
            if letter.isalpha():
                vals[f"fcrm_{field}"] = "large" if letter.isupper() else "small"
        lead = self.env["crm.lead"].create(vals)
        if prospect.quotation:
            self._make_quotation(lead, prospect.quotation, today)
        self._age_lead(lead, today - timedelta(days=prospect.age))

    @api.model
    def _make_quotation(self, lead, lines, today):
        """A quotation that was sent a week ago."""
        lead._handle_partner_assignment(create_missing=True)
        products = self._get_products()
        order = self.env["sale.order"].create(
            {
                "partner_id": lead.partner_id.commercial_partner_id.id,
                "opportunity_id": lead.id,
                "user_id": lead.user_id.id,
                "date_order": datetime.combine(today - timedelta(days=7), time(9)),
                "order_line": [
                    Command.create(
                        {"product_id": products[name].id, "product_uom_qty": pieces}
                    )
                    for name, pieces in lines.items()
                ],
            }
        )
        order.state = "sent"

    @api.model
    def _make_won(self, stages):
        """Customers of today, as the prospects that they were."""
        customers = self._get_customers()
        for name, days in WON.items():
            customer = customers[name]
            if not customer.first_order_date:
                continue
            lead = self.env["crm.lead"].create(
                {
                    "name": f"{customer.name}: first contact",
                    "type": "opportunity",
                    "partner_id": customer.partner_id.id,
                    "fcrm_channel_id": customer.source_channel_id.id,
                    "fcrm_method_id": self._ref("information_method_meeting").id,
                    "fcrm_money": "large",
                    "fcrm_authority": "large",
                    "fcrm_need": "large",
                    "user_id": (customer.user_id or self._ref("user_grace")).id,
                    "company_id": self.env.company.id,
                }
            )
            # Dated first, so that the file learns it of the right day.
            self._age_lead(lead, customer.first_order_date - timedelta(days=days))
            lead.stage_id = stages["signed"]
            lead.date_closed = datetime.combine(customer.first_order_date, time(10))

    @api.model
    def _make_lost(self, today):
        for company, channel, days in LOST:
            lead = self.env["crm.lead"].create(
                {
                    "name": company,
                    "type": "opportunity",
                    "partner_name": company,
                    "fcrm_channel_id": self._ref(f"information_channel_{channel}").id,
                    "user_id": self._ref("user_wang").id,
                    "company_id": self.env.company.id,
                }
            )
            lead.action_set_lost()
            self._age_lead(lead, today - timedelta(days=days))

    @api.model
    def _age_lead(self, lead, day):
        """A lead of the story came in on that day."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead SET create_date = %(moment)s, date_open = %(moment)s,
                       date_last_stage_update = %(moment)s
                 WHERE id = %(lead)s
                """,
                moment=datetime.combine(day, time(9, 30)),
                lead=lead.id,
            )
        )
        lead.invalidate_recordset()
