from odoo import api, fields, models
from odoo.tools.misc import formatLang

from .loose_many2one import LooseMany2one
from .methods import METHODS


class TierAssignment(models.Model):
    """The class of a customer in one scheme, with the figures that led to it (T21).

    Written by the engine only. ``tier_id`` holds, ``computed_tier_id`` is what the
    figures alone would give; they differ by an override or a demotion buffer. Shares
    are fractions of 1; ``cumulative_share`` is that of the customers ranked strictly
    above.
    """

    _name = "followup.tier.assignment"
    _description = "Class of a customer"
    _rec_name = "tier_id"
    _order = "scheme_id, rank, id"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = LooseMany2one("res.company", readonly=True)
    scheme_id = LooseMany2one("followup.tier.scheme", required=True, readonly=True)
    tier_id = LooseMany2one("followup.tier", readonly=True, index=True)
    computed_tier_id = LooseMany2one("followup.tier", readonly=True, string="Computed")
    measure = fields.Float(readonly=True, aggregator=None)
    rank = fields.Integer(readonly=True, aggregator=None)
    share = fields.Float(readonly=True, aggregator=None)
    cumulative_share = fields.Float(readonly=True, aggregator=None)
    below_since = fields.Date(
        readonly=True, help="Since when the figures would demote the customer."
    )
    override_id = LooseMany2one("followup.tier.override", readonly=True)
    on_hold = fields.Boolean(
        readonly=True,
        string="Kept",
        help="The class is kept because a document has no exchange rate.",
    )
    details = fields.Json(
        readonly=True, help="The figures behind the result, for the explanation."
    )
    explanation = fields.Text(compute="_compute_explanation")

    # Query: the engine's comparison, and a customer's class in a scheme.
    _scheme_customer = models.UniqueIndex("(scheme_id, customer_id)")

    @api.depends(
        "measure",
        "rank",
        "cumulative_share",
        "details",
        "tier_id",
        "computed_tier_id",
        "override_id",
        "below_since",
        "on_hold",
    )
    @api.depends_context("lang")
    def _compute_explanation(self):
        for assignment in self:
            # Elevated: rules are no secret, and reasons belong to the customer.
            assignment = assignment.sudo()
            method = METHODS[assignment.scheme_id.method]
            parts = [method.explain(assignment)]
            if assignment.override_id:
                parts.append(
                    self.env._(
                        "Set by hand to %(tier)s: %(reason)s",
                        tier=assignment.tier_id.name,
                        reason=assignment.override_id.reason,
                    )
                )
            elif assignment.below_since:
                parts.append(
                    self.env._(
                        "Kept in %(tier)s for now: below it since %(date)s, demoted"
                        " after %(months)s months.",
                        tier=assignment.tier_id.name,
                        date=fields.Date.to_string(assignment.below_since),
                        months=assignment.scheme_id.hysteresis_periods,
                    )
                )
            if assignment.on_hold:
                parts.append(
                    self.env._(
                        "A document has no exchange rate on its date; until it has,"
                        " the class is kept."
                    )
                )
            assignment.explanation = " ".join(part for part in parts if part)

    def _get_measure_label(self):
        """Name of what the scheme measures, translated."""
        measures = self.env["followup.tier.scheme"]._fields["measure"]
        labels = dict(measures._description_selection(self.env))
        return labels[self.scheme_id.measure]

    def _format_measure(self, value=None):
        """The measure as the user reads it: money, margin or units.

        :param value: another value of it, for example a difference
        """
        self.ensure_one()
        scheme = self.scheme_id
        value = self.measure if value is None else value
        if METHODS[scheme.method].measured and scheme.measure == "quantity":
            return formatLang(self.env, value, digits=0)
        return self._format_money(value)

    def _format_money(self, amount):
        """An amount in company currency, with the currency's code: $ is many."""
        currency = self.company_id.currency_id
        number = formatLang(self.env, amount, digits=currency.decimal_places)
        return f"{number} {currency.name}"

    def action_open_facts(self):
        """The sales behind the result (T21)."""
        self.ensure_one()
        self.check_access("read")
        # Elevated: the window of a run is no secret.
        run = self.scheme_id.sudo().last_run_id
        domain = [("customer_id", "=", self.customer_id.id)]
        if run and METHODS[self.scheme_id.method].windows:
            domain += [("date", ">=", run.window_from), ("date", "<", run.window_to)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Sales of %(customer)s", customer=self.customer_id.display_name
            ),
            "res_model": "followup.sales.fact",
            "view_mode": "list,kanban,pivot,graph",
            "domain": domain,
        }
