from odoo import api, fields, models
from odoo.exceptions import UserError

from ..interaction.interaction import OPEN_STATES, SERVER_ONLY

# What a plan says about a contact is set by the plan.
PLAN_ONLY = frozenset({"plan_date", "plan_due_date", "plan_tier_id"})


class Interaction(models.Model):
    """A contact as a line of a monthly plan."""

    _inherit = "followup.interaction"
    _server_only = SERVER_ONLY | PLAN_ONLY

    plan_id = fields.Many2one(
        "followup.interaction.plan",
        string="Contact plan",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
        domain="[('user_id', '=', user_id)]",
    )
    plan_date = fields.Date(
        string="Planned for",
        readonly=True,
        copy=False,
        help="The day in the plan when it came in force; later moves do not change it.",
    )
    plan_due_date = fields.Date(
        string="Due",
        readonly=True,
        copy=False,
        help="The day on which the interval of the customer's tier asks for it.",
    )
    plan_tier_id = fields.Many2one(
        "followup.tier",
        string="Tier when planned",
        readonly=True,
        copy=False,
        ondelete="set null",
    )

    # Query: what a user did in a month beside the plan.
    _extra = models.Index("(user_id, date) WHERE plan_id IS NULL AND state = 'done'")

    @api.depends("customer_id", "purpose")
    @api.depends_context("fcrm_show_customer")
    def _compute_display_name(self):
        """In a calendar, the customer says more than the purpose."""
        if not self.env.context.get("fcrm_show_customer"):
            return super()._compute_display_name()
        for contact in self:
            contact.display_name = contact.customer_id.display_name or contact.purpose
        return None

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever puts a contact into a plan may change the plan."""
        contacts = super().create(vals_list)
        # Afterwards: a plan may come from the context's defaults, too.
        self._check_may_plan(contacts.plan_id)
        contacts._note_plan()
        return contacts

    def write(self, vals):
        if "plan_id" in vals:
            plans = self.env["followup.interaction.plan"].browse(vals["plan_id"] or [])
            self._check_may_plan(plans | self.plan_id)
        result = super().write(vals)
        if vals.get("plan_id"):
            self._note_plan()
        if "user_id" in vals:
            self._follow_responsible()
        return result

    # === ACTIONS === #

    def action_leave_plan(self):
        """Take contacts out of a plan that can still be changed.

        What the plan proposed and nobody has touched is not needed any more; what was
        there before it stays, without the plan.
        """
        self.check_access("write")
        self._check_may_plan(self.plan_id)
        proposed = self.filtered(lambda line: line._is_proposed())
        (self - proposed).write({"plan_id": False})
        # Elevated: a proposal is no record of anything; users delete no others.
        proposed.sudo().unlink()

    # === BUSINESS === #

    @api.model
    def _check_may_plan(self, plans):
        """Raise unless the user may add contacts to these plans, and take them away."""
        if self.env.su or not plans:
            return
        plans.check_access("write")
        for plan in plans:
            if plan.is_fixed:
                raise UserError(
                    self.env._(
                        "The plan %(plan)s has been handed in: leave the plan out, and"
                        " the contact counts as an extra one, or let a manager reopen"
                        " the plan.",
                        plan=plan.display_name,
                    )
                )

    def _note_plan(self):
        """Note the day and the tier with which contacts were put into a plan."""
        # Elevated: these fields are the plan's.
        for contact in self.sudo().filtered(lambda c: c.plan_id and not c.plan_date):
            contact.write(
                {
                    "plan_date": contact.date,
                    "plan_tier_id": contact.customer_id.tier_id.id,
                }
            )

    def _follow_responsible(self):
        """Open contacts that somebody takes over go into his or her plan, if any."""
        # Elevated: whoever hands a contact over need not see the other's plan.
        moved = self.sudo().filtered(
            lambda c: (
                c.plan_id and c.state in OPEN_STATES and c.plan_id.user_id != c.user_id
            )
        )
        plans = moved.plan_id.search(
            [
                ("user_id", "in", moved.user_id.ids),
                ("month", "in", [contact.date.replace(day=1) for contact in moved]),
            ]
        )
        by_key = {(plan.user_id, plan.company_id, plan.month): plan for plan in plans}
        for contact in moved:
            key = (contact.user_id, contact.company_id, contact.date.replace(day=1))
            contact.plan_id = by_key.get(key, False)

    def _is_proposed(self):
        """Was it made by the plan, and has nobody touched it since?"""
        self.ensure_one()
        return bool(
            self.plan_due_date
            and self.state == "planned"
            and self.date == self.plan_date
            and not self.start
            and not self.content
        )
