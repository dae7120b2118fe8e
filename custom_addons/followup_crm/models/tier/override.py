from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools.day import company_today

SERVER_ONLY = frozenset({"state", "approved_by_id", "company_id"})
# What was approved stays what it is: another class is another override.
FIXED = frozenset({"customer_id", "scheme_id"})
MANAGER_GROUP = "followup_crm.group_manager"
ACTIVITY_TYPE = "followup_crm.mail_activity_type_tier_override"


class TierOverride(models.Model):
    """A class given by hand, with reason, expiry and approval (人工调整, T23).

    A user asks, a manager approves. In a scheme that is set by hand it is the source of
    the class and needs no approval. One is in force per customer and scheme: a new one
    ends the former.
    """

    _name = "followup.tier.override"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Manual override of a tier"
    _rec_name = "customer_id"
    _order = "id desc"

    scheme_id = fields.Many2one(
        "followup.tier.scheme", required=True, ondelete="restrict", check_company=True
    )
    tier_id = fields.Many2one(
        "followup.tier",
        required=True,
        ondelete="restrict",
        domain="[('scheme_id', '=', scheme_id)]",
    )
    reason = fields.Text(required=True)
    date_from = fields.Date(
        string="Holds from",
        required=True,
        default=lambda self: company_today(self.env.company),
    )
    date_to = fields.Date(
        string="Expires on", help="The last day. Empty: until somebody ends it."
    )
    state = fields.Selection(
        [("requested", "To approve"), ("approved", "In force"), ("ended", "Ended")],
        string="Status",
        default="requested",
        required=True,
        readonly=True,
        index=True,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True)
    current_class = fields.Text(
        string="Class now",
        compute="_compute_current_class",
        help="The class that the customer has now in this scheme, and why.",
    )

    # Query: the override in force for a customer and scheme, joined by the engine.
    _in_force = models.Index("(scheme_id, customer_id) WHERE state = 'approved'")

    @api.depends("customer_id", "scheme_id", "state")
    @api.depends_context("lang")
    def _compute_current_class(self):
        assignments = self.env["followup.tier.assignment"].search(
            Domain("customer_id", "in", self.customer_id.ids)
            & Domain("scheme_id", "in", self.scheme_id.ids)
        )
        present = assignments.grouped(lambda a: (a.customer_id, a.scheme_id))
        for override in self:
            key = (override.customer_id._origin, override.scheme_id._origin)
            classes = present.get(key, assignments.browse())
            override.current_class = "\n".join(
                f"{one.tier_id.name or '–'}: {one.explanation}" for one in classes
            )

    # === CONSTRAINTS === #

    @api.constrains("tier_id", "scheme_id", "date_from", "date_to", "reason")
    def _check_tier(self):
        for override in self:
            if override.tier_id.scheme_id != override.scheme_id:
                raise ValidationError(
                    self.env._("The tier does not belong to the chosen scheme.")
                )
            if override.scheme_id.company_id != override.company_id:
                raise ValidationError(
                    self.env._("The scheme belongs to another company.")
                )
            if override.date_to and override.date_to < override.date_from:
                raise ValidationError(self.env._("The override ends before it begins."))
            if not (override.reason or "").strip():
                raise ValidationError(
                    self.env._("Say why the customer gets another class.")
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Ask for classes; a manager's are in force at once, also those set by hand."""
        if not self.env.su:
            if any(SERVER_ONLY & set(vals) for vals in vals_list):
                raise AccessError(self.env._("Overrides begin by asking for approval."))
            # Whatever the context's defaults say.
            fresh = {"state": "requested", "approved_by_id": False}
            vals_list = [{**vals, **fresh} for vals in vals_list]
        overrides = super().create(vals_list)
        requested = overrides.filtered(lambda o: o.state == "requested")
        if self.env.user.has_group(MANAGER_GROUP):
            requested.action_approve()
        else:
            by_hand = requested.filtered("scheme_id.is_manual")
            by_hand._put_in_force()
            (requested - by_hand)._ask_for_approval()
        return overrides

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        result = super().write(vals)
        if not self.env.su and self.filtered(lambda o: o.state == "approved"):
            self._apply()
        return result

    def _check_may_change(self, vals):
        if SERVER_ONLY & set(vals):
            raise AccessError(
                self.env._("Use the buttons to approve or end an override.")
            )
        if FIXED & set(vals):
            raise AccessError(
                self.env._(
                    "An override stays with its customer and scheme: make a new one."
                )
            )
        decided = self.filtered(lambda override: override.state != "requested")
        manager = self.env.user.has_group(MANAGER_GROUP)
        if decided and not (manager and set(vals) <= {"reason", "date_to"}):
            raise AccessError(
                self.env._(
                    "What was approved is not changed any more: ask for a new override."
                )
            )

    # === ACTIONS === #

    def action_approve(self):
        """Put the overrides in force; managers only."""
        self.check_access("write")
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(self.env._("Only a manager approves an override."))
        if any(override.state != "requested" for override in self):
            raise UserError(self.env._("Only what was asked for can be approved."))
        self._put_in_force()

    def action_end(self):
        """End the overrides, or turn the requests down; figures decide again.

        What a manager put in force in a computed scheme only a manager ends.
        """
        self.check_access("write")
        approved = self.filtered(
            lambda o: o.state == "approved" and not o.scheme_id.is_manual
        )
        if approved and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only a manager ends what a manager approved.")
            )
        self._end()

    # === BUSINESS === #

    def _end(self):
        # Elevated: the state is closed to direct writing.
        self.sudo().write({"state": "ended"})
        self._close_activities()
        self._apply()

    @api.model
    def _end_expired(self, company):
        """End what has expired in a company; the next computation leaves it out."""
        # Elevated: expiry spares nobody.
        self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "approved")
            & Domain("date_to", "<", company_today(company))
        ).write({"state": "ended"})

    def _put_in_force(self):
        """Approve; the former override ends, at the latest when the new one begins."""
        if not self:
            return
        # Elevated: the state is closed to direct writing.
        overrides = self.sudo()
        for others, override in overrides._get_former():
            today = company_today(override.company_id)
            if override.date_from > today:
                until = fields.Date.subtract(override.date_from, days=1)
                others.filtered(
                    lambda o, until=until: (
                        o.date_from <= until and (not o.date_to or o.date_to > until)
                    )
                ).write({"date_to": until})
            else:
                others.write({"state": "ended"})
        overrides.write({"state": "approved", "approved_by_id": self.env.uid})
        overrides._close_activities()
        overrides._apply()

    def _get_former(self):
        """Pairs of the overrides in force that each of these replaces, and itself."""
        former = self.search(
            Domain("customer_id", "in", self.customer_id.ids)
            & Domain("scheme_id", "in", self.scheme_id.ids)
            & Domain("state", "=", "approved")
            & Domain("id", "not in", self.ids)
        ).grouped(lambda o: (o.customer_id, o.scheme_id))
        pairs = []
        for override in self:
            key = (override.customer_id, override.scheme_id)
            if key in former:
                pairs.append((former[key], override))
        return pairs

    def _apply(self):
        """The customers' classes follow at once; the figures need no computation."""
        # Elevated: results are nobody's to write but the engine's.
        engine = self.env["followup.tier.engine"].sudo()
        for scheme, overrides in self.sudo().grouped("scheme_id").items():
            engine._apply_overrides(overrides.customer_id, scheme)

    def _ask_for_approval(self):
        """An activity on the file for a manager of the company."""
        # Elevated: managers are looked up, and asked, whoever asks.
        for override in self.sudo():
            customer = override.customer_id
            manager = customer._get_approving_manager()
            if manager:
                customer.activity_schedule(
                    ACTIVITY_TYPE,
                    summary=self.env._(
                        "Approve or turn down: %(scheme)s %(tier)s",
                        scheme=override.scheme_id.name,
                        tier=override.tier_id.name,
                    ),
                    note=override.reason,
                    user_id=manager.id,
                )

    def _close_activities(self):
        """Nothing left to approve: the manager's activity goes."""
        # Elevated: the activity is the manager's.
        waiting = self.sudo().search(
            Domain("customer_id", "in", self.customer_id.ids)
            & Domain("state", "=", "requested")
        )
        (self.sudo().customer_id - waiting.customer_id).activity_unlink([ACTIVITY_TYPE])
