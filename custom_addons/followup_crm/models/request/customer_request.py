from odoo import api, fields, models
from odoo.tools import SQL

from .states import OPEN_STATES


class Customer(models.Model):
    """The requests of a customer: on its file, and as real contacts."""

    _inherit = "followup.customer"

    request_count = fields.Integer(string="Requests", compute="_compute_request_count")
    open_request_count = fields.Integer(
        string="Open requests", compute="_compute_request_count"
    )

    @api.depends_context("uid")
    def _compute_request_count(self):
        groups = self.env["followup.request"]._read_group(
            [("customer_id", "in", self.ids)], ["customer_id", "is_open"], ["__count"]
        )
        counts = {(customer.id, is_open): n for customer, is_open, n in groups}
        for customer in self:
            opened = counts.get((customer.id, True), 0)
            customer.open_request_count = opened
            customer.request_count = opened + counts.get((customer.id, False), 0)

    # === ACTIONS === #

    def action_open_requests(self):
        """The requests of this customer, open ones first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Requests of %(customer)s", customer=self.display_name),
            "res_model": "followup.request",
            "view_mode": "list,kanban,form,pivot",
            "domain": [("customer_id", "=", self.id)],
            "context": {"default_customer_id": self.id},
        }

    # === BUSINESS === #

    def _combine_into(self, target):
        """Requests move with their rows; their order follows the remaining file."""
        # Elevated as the combination itself.
        requests = self.env["followup.request"].sudo()
        moved = requests.search([("customer_id", "in", (self - target).ids)])
        result = super()._combine_into(target)
        moved._follow_customer()
        return result

    def _get_contact_sources(self, since=None):
        """Requests count, also those by phone and those of strangers matched later.

        Mails that carry the customer's own contact are messages, which count anyway;
        a request is the same day's contact, so nothing is counted twice.
        """
        since = fields.Datetime.to_datetime(since or "1900-01-01")
        return [*super()._get_contact_sources(since), self._get_request_source(since)]

    def _get_request_source(self, since):
        """When the customer asked, and when we answered, as the company's day."""
        return SQL(
            """
            SELECT r.customer_id,
                   (timezone(f.tz, timezone('UTC', t.moment)))::date AS day
              FROM followup_request r
              JOIN file f ON f.id = r.customer_id
              CROSS JOIN LATERAL (
                    VALUES (r.received_date), (r.first_answered_date), (r.answered_date)
                   ) AS t(moment)
             WHERE r.state <> 'dropped' AND t.moment IS NOT NULL
               AND r.write_date >= %s
            """,
            since,
        )


class TierEngine(models.AbstractModel):
    """Requests are listed by their customers' tiers, which may change."""

    _inherit = "followup.tier.engine"

    @api.model
    def _mirror_tier_orders(self, company, customers=None):
        result = super()._mirror_tier_orders(company, customers)
        self._mirror_tier_order(self.env["followup.request"], company, customers)
        return result


class Interaction(models.Model):
    """Open requests in the preparation of a contact and on the work list."""

    _inherit = "followup.interaction"

    def _collect_open_issues(self, customers, issues):
        # Elevated: it is read for the preparation of a contact that the user may see.
        requests = self.env["followup.request"].sudo()
        states = dict(requests._fields["state"]._description_selection(self.env))
        for request in requests.search(
            [("customer_id", "in", customers.ids), ("state", "in", OPEN_STATES)]
        ):
            text = f"{request.display_name} ({states[request.state]})"
            key = f"request:{request.id}"
            issues[request.customer_id.id][key] = ("request", 6, text)
        return super()._collect_open_issues(customers, issues)
