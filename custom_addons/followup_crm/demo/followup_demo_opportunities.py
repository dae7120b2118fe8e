from datetime import timedelta

from odoo import api, models

# Customer, what for, revenue, stage, chance (%), days until it is to close (below zero:
# overdue).
OPEN = (
    ("nordwind", "Autumn knitwear, second delivery", 84000, 3, 70, 12),
    ("maison_lavaud", "Capsule of silk blouses", 46500, 2, 45, 38),
    ("brightwell", "School uniforms, framework for two years", 152000, 3, 60, 75),
    ("svalan", "Organic cotton basics", 38200, 2, 40, 26),
    ("krajewski", "Work trousers, repeat order", 21700, 1, 20, 55),
    ("corsini", "Linen shirts for the summer", 29800, 2, 35, -6),
    ("ridgeline", "Softshell jackets", 61200, 3, 65, 20),
    ("bayou_kids", "Pyjamas, trial order", 12400, 1, 15, 48),
    ("andina", "Alpaca blend cardigans", 27600, 2, 40, 82),
    ("midori", "Denim, Japanese fit", 43900, 2, 50, 33),
    ("hanbit", "Outerwear, a second range", 71300, 1, 25, 96),
    ("protea", "Hotel uniforms", 33500, 3, 55, 9),
)
# Customer, what for, revenue, won, days since it was opened and since it was closed.
CLOSED = (
    ("nordwind", "Winter fleece", 76400, True, 58, 9),
    ("svalan", "Merino base layer", 31800, True, 47, 15),
    ("cascadia", "Rain jackets", 55200, True, 104, 41),
    ("red_gum", "Stockman shirts", 18900, True, 93, 52),
    ("golden_harbour", "Silk scarves", 24300, False, 66, 20),
    ("anahuac", "Denim overalls", 39700, False, 88, 33),
    ("brightwell", "Blazers", 68800, True, 397, 360),
    ("maison_lavaud", "Linen dresses", 35100, True, 372, 345),
    ("harrow_pine", "Flannel shirts", 28400, True, 420, 372),
    ("malwa", "Tunics", 15600, False, 385, 350),
    ("midori", "Corduroy", 33200, True, 365, 318),
    ("southerly", "Boardshorts", 22500, True, 350, 301),
)


class Demo(models.AbstractModel):
    """Opportunities of the story's customers, open and closed, this year and last."""

    _inherit = "followup.demo"

    @api.model
    def _load_opportunities(self, today):
        """Make them in the names of the customers' owners and their teams."""
        customers = self._get_customers()
        stages = self.env["crm.stage"].search([("is_won", "=", False)])
        leads = self.env["crm.lead"].with_context(mail_create_nosubscribe=True)
        for name, text, revenue, stage, chance, days in OPEN:
            lead = leads.create(
                self._prepare_lead(customers[name], text, revenue)
                | {
                    "stage_id": stages[min(stage, len(stages)) - 1].id,
                    "date_deadline": today + timedelta(days=days),
                }
            )
            lead.probability = chance
            # The surer ones are the older ones.
            lead.date_conversion = today - timedelta(days=2 * chance)
        for name, text, revenue, is_won, opened, closed in CLOSED:
            lead = leads.create(self._prepare_lead(customers[name], text, revenue))
            if is_won:
                lead.action_set_won()
            else:
                lead.action_set_lost()
            lead.date_conversion = today - timedelta(days=opened)
            lead.date_closed = today - timedelta(days=closed)

    @api.model
    def _prepare_lead(self, customer, text, revenue):
        return {
            "name": text,
            "type": "opportunity",
            "partner_id": customer.partner_id.id,
            "company_id": customer.company_id.id,
            "user_id": customer.user_id.id,
            "team_id": customer.user_id.sale_team_id.id,
            "expected_revenue": revenue,
        }
