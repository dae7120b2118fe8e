from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from .fact_base import FactBase
from .methods import METHODS
from .scheme import MEASURES
from .trial_effect import TrialEffect

TRIED_SCHEME_FIELDS = ("window_months", "measure")
TRIED_TIER_FIELDS = ("limit", "cap")


class TierTrial(models.TransientModel):
    """What-if (模拟试算, T24): other limits or another window, tried before they count.

    The trial is a copy. Its result is computed with the scheme's own method and shown
    as the movement from the classes held now; nothing is stored on customers or schemes
    until a manager applies it. Manual overrides keep their class; the demotion buffer
    is left out, so the result is where customers end up.
    """

    _name = "followup.tier.trial"
    _description = "What-if of a scheme"
    _transient_max_hours = 24.0

    scheme_id = fields.Many2one(
        "followup.tier.scheme", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scheme_id.company_id")
    has_limits = fields.Boolean(related="scheme_id.has_limits")
    method = fields.Selection(related="scheme_id.method")
    window_months = fields.Integer(string="Window (months)", required=True)
    measure = fields.Selection(MEASURES, required=True)
    tier_ids = fields.One2many("followup.tier.trial.tier", "trial_id", string="Tiers")
    is_computed = fields.Boolean(readonly=True)
    moved_count = fields.Integer(readonly=True, string="Customers who would move")
    matrix = fields.Json(readonly=True)
    effect = fields.Json(readonly=True)

    @api.depends("scheme_id")
    def _compute_display_name(self):
        for trial in self:
            trial.display_name = self.env._(
                "What-if: %(scheme)s", scheme=trial.scheme_id.name
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """A trial begins as a copy of the scheme, with what is given changed."""
        trials = super().create([self._prepare_vals(vals) for vals in vals_list])
        trials.scheme_id.check_access("read")
        return trials

    @api.model
    def _prepare_vals(self, vals):
        scheme = self.env["followup.tier.scheme"].browse(vals["scheme_id"])
        own = {name: scheme[name] for name in TRIED_SCHEME_FIELDS}
        tiers = [
            Command.create(
                {
                    "tier_id": tier.id,
                    **{name: tier[name] for name in TRIED_TIER_FIELDS},
                }
            )
            for tier in scheme.tier_ids.sorted("sequence")
        ]
        return {"tier_ids": tiers, **own, **vals}

    # === ACTIONS === #

    def action_compute(self):
        """Show what the trial would do; nothing real changes."""
        self.ensure_one()
        self.check_access("write")
        with self._tried() as (scheme, decided):
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT d.old_tier, d.new_tier, f.user_id, COUNT(*),
                           COALESCE(SUM(d.measure) FILTER (WHERE d.measure > 0), 0)
                      FROM (%s) d
                      JOIN followup_customer f ON f.id = d.customer_id
                     GROUP BY d.old_tier, d.new_tier, f.user_id
                    """,
                    decided,
                )
            )
            moves = scheme._get_matrix(
                [(former, new, count, total) for former, new, _u, count, total in rows]
            )
        self._store_result(rows, moves)

    def _store_result(self, rows, moves):
        self.write(
            {
                "is_computed": True,
                "moved_count": moves["moved"],
                "matrix": moves,
                "effect": TrialEffect(self.scheme_id, rows).lines(),
            }
        )
        after = {column["id"]: column for column in moves["columns"]}
        before = {row["id"]: row for row in moves["rows"]}
        for tier in self.tier_ids:
            tier._set_result(
                before.get(tier.tier_id.id), after.get(tier.tier_id.id), moves
            )

    def action_open_cell(self, from_id, to_id):
        """The customers of one cell of the trial's movement matrix.

        :param from_id: tier held now, 0 for none
        :param to_id: tier by the trial, 0 for none
        """
        self.ensure_one()
        self.check_access("read")
        with self._tried() as (_scheme, decided):
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT d.customer_id FROM (%s) d
                     WHERE COALESCE(d.old_tier, 0) = %s
                       AND COALESCE(d.new_tier, 0) = %s
                    """,
                    decided,
                    int(from_id),
                    int(to_id),
                )
            )
        return self.scheme_id._get_cell_action(from_id, to_id, [row[0] for row in rows])

    def action_apply(self):
        """Make the trial's limits and window the scheme's own, and compute it."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Only a manager changes a scheme."))
        scheme = self.scheme_id
        scheme.write(
            {
                **{name: self[name] for name in TRIED_SCHEME_FIELDS},
                "tier_ids": [
                    Command.update(
                        tier.tier_id.id,
                        {name: tier[name] for name in TRIED_TIER_FIELDS},
                    )
                    for tier in self.tier_ids
                ],
            }
        )
        scheme.action_compute()
        self.unlink()
        return scheme._get_form_action()

    def action_discard(self):
        """Throw the trial away and go back to the scheme."""
        self.ensure_one()
        scheme = self.scheme_id
        self.unlink()
        return scheme._get_form_action()

    # === BUSINESS === #

    @contextmanager
    def _tried(self):
        """Lend the trial's values to the scheme, in memory only.

        Yields the scheme with these values and the SQL of what would be decided. The
        values never reach the database: they are not marked as changed, and are
        forgotten at the end.
        """
        self.ensure_one()
        # Elevated: the company's customers are classified together; a manager looks.
        scheme = self.scheme_id.sudo()
        lent = {scheme: {n: self[n] for n in TRIED_SCHEME_FIELDS}}
        lent[scheme]["hysteresis_periods"] = 0
        for tier in self.tier_ids:
            lent[tier.tier_id.sudo()] = {n: tier[n] for n in TRIED_TIER_FIELDS}
        self.env.flush_all()
        try:
            for record, values in lent.items():
                for name, value in values.items():
                    field = record._fields[name]
                    field._update_cache(record, field.convert_to_cache(value, record))
            if scheme.window_months < 1:
                raise UserError(self.env._("The window has at least one month."))
            scheme._check_limits()
            base = FactBase(scheme.company_id)
            result = METHODS[scheme.method].select(scheme, base)
            engine = self.env["followup.tier.engine"].sudo()
            yield scheme, engine._decided_select(scheme, base, result, everybody=True)
        finally:
            for record, values in lent.items():
                record.invalidate_recordset(list(values), flush=False)


class TierScheme(models.Model):
    _inherit = "followup.tier.scheme"

    def action_open_trial(self):
        """Begin a what-if with a copy of this scheme (T24)."""
        self.ensure_one()
        self.check_access("write")
        if self.is_manual:
            raise UserError(
                self.env._(
                    "The classes of this scheme are set by hand: nothing to try."
                )
            )
        trial = self.env["followup.tier.trial"].create({"scheme_id": self.id})
        trial.action_compute()
        return {
            "type": "ir.actions.act_window",
            "name": trial.display_name,
            "res_model": trial._name,
            "res_id": trial.id,
            "view_mode": "form",
        }

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
