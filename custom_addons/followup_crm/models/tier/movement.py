from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.movement import matrix
from .fact_base import FactBase
from .methods import METHODS


class TierMovement(models.TransientModel):
    """Movement matrix between two days (等级迁移矩阵, T22).

    Each customer that the user may see is counted once: its class at the end of the
    first day against that at the end of the second, as the history says. The measure
    is that of the scheme, over its window up to the second day.
    """

    _name = "followup.tier.movement"
    _description = "Movement between classes"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    scheme_id = fields.Many2one(
        "followup.tier.scheme",
        required=True,
        default=lambda self: self._default_scheme_id(),
        domain="[('company_id', '=', company_id)]",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(months=3),
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: fields.Date.context_today(self)
    )
    matrix = fields.Json(compute="_compute_matrix")

    @api.model
    def _default_scheme_id(self):
        schemes = self.env["followup.tier.scheme"]
        return schemes.search(
            [("company_id", "=", self.env.company.id)], order="is_policy desc", limit=1
        )

    @api.depends("scheme_id", "date_from", "date_to")
    @api.depends_context("uid", "lang")
    def _compute_matrix(self):
        for movement in self:
            if not (movement.scheme_id and movement.date_from and movement.date_to):
                movement.matrix = False
                continue
            scheme = movement.scheme_id
            self.env.flush_all()
            cells = self.env.execute_query(
                SQL(
                    """
                    SELECT m.from_tier, m.to_tier, COUNT(*),
                           SUM(w.measure) / %(scale)s::float8
                      FROM (%(moves)s) m
                      LEFT JOIN (%(measures)s) w ON w.customer_id = m.customer_id
                     GROUP BY m.from_tier, m.to_tier
                    """,
                    moves=movement._moves_select(),
                    scale=movement._get_scale(),
                    measures=movement._measure_select(),
                )
            )
            movement.matrix = {
                **scheme._get_matrix(cells),
            }

    @api.depends("scheme_id")
    def _compute_display_name(self):
        for movement in self:
            movement.display_name = self.env._(
                "Movement: %(scheme)s", scheme=movement.scheme_id.name or ""
            )

    # === ACTIONS === #

    def action_open_cell(self, from_id, to_id):
        """The customers of one cell of the matrix.

        :param from_id: former tier, 0 for none
        :param to_id: new tier, 0 for none
        """
        self.ensure_one()
        self.check_access("read")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.customer_id FROM (%s) m
                 WHERE COALESCE(m.from_tier, 0) = %s AND COALESCE(m.to_tier, 0) = %s
                """,
                self._moves_select(),
                int(from_id),
                int(to_id),
            )
        )
        return self.scheme_id._get_cell_action(from_id, to_id, [row[0] for row in rows])

    # === BUSINESS === #

    def _moves_select(self):
        """SQL: customer_id, from_tier, to_tier of the customers the user may see."""
        self.ensure_one()
        if self.date_from > self.date_to:
            raise UserError(self.env._("The first day comes before the second."))
        changes = self.env["followup.tier.change"]
        scheme = self.scheme_id._origin
        scheme.check_access("read")
        # The search applies the user's record rules.
        query = changes._search(
            [("scheme_id", "=", scheme.id), ("customer_id.active", "=", True)],
            order="id",
        )
        last = SQL(
            """
            SELECT DISTINCT ON (c.customer_id) c.customer_id, c.to_tier_id
              FROM followup_tier_change c
             WHERE c.scheme_id = %(scheme)s AND c.date <= %(day)s AND c.id IN %(mine)s
             ORDER BY c.customer_id, c.date DESC, c.id DESC
            """,
            scheme=scheme.id,
            day=self.date_to,
            mine=query.subselect(),
        )
        return SQL(
            """
            SELECT l.customer_id, l.to_tier_id AS to_tier,
                   (SELECT c.to_tier_id FROM followup_tier_change c
                     WHERE c.scheme_id = %(scheme)s AND c.customer_id = l.customer_id
                       AND c.date <= %(day)s
                     ORDER BY c.date DESC, c.id DESC LIMIT 1) AS from_tier
              FROM (%(last)s) l
            """,
            scheme=scheme.id,
            day=self.date_from,
            last=last,
        )

    def _measure_select(self):
        # Elevated: sales count whoever may open them; joined to visible moves only.
        scheme = self.scheme_id._origin.sudo()
        return FactBase(scheme.company_id, self.date_to).measure_select(scheme)

    def _get_scale(self):
        """How many of the smallest units that are measured make one."""
        scheme = self.scheme_id._origin.sudo()  # as above
        return 10 ** FactBase(scheme.company_id, self.date_to).digits(scheme)


class TierScheme(models.Model):
    _inherit = "followup.tier.scheme"

    def action_open_movement(self):
        """The movement matrix of this scheme."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "followup_crm.tier_movement_action"
        )
        action["context"] = {"default_scheme_id": self.id}
        return action

    def _get_tier_heads(self):
        """Tiers as the matrix wants them: id, name, colour; best first."""
        return [
            {
                "id": tier.id,
                "name": tier.name,
                "color": tier.color,
                "archived": not tier.active,
            }
            for tier in self.tier_ids._origin.sorted("sequence")
        ]

    def _get_matrix(self, cells):
        """The movement matrix of (former, new, customers, measure) for the widget."""
        self.ensure_one()
        heads = self.with_context(active_test=False)._get_tier_heads()
        ordered = METHODS[self.method].ordered
        moves = matrix(heads, cells, self.env._("No class"), ordered)
        return {**moves, **self._get_measure_unit()}

    def _get_measure_unit(self):
        """What the figures of a matrix or chart are: label and currency, if any."""
        self.ensure_one()
        labels = dict(self._fields["measure"]._description_selection(self.env))
        money = self.measure != "quantity"
        return {
            "measure_label": labels[self.measure],
            "currency_id": self.company_id.currency_id.id if money else False,
        }

    def _get_cell_action(self, from_id, to_id, customer_ids):
        """List of the customers in one cell of a matrix."""
        names = {tier.id: tier.name for tier in self.tier_ids}
        nobody = self.env._("No class")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(scheme)s: %(former)s → %(new)s",
                scheme=self.name,
                former=names.get(from_id, nobody),
                new=names.get(to_id, nobody),
            ),
            "res_model": "followup.customer",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", customer_ids)],
        }
