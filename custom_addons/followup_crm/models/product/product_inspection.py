from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import aql

KINDS = [
    ("inline", "Inline inspection"),
    ("mid", "Mid-line inspection"),
    ("final", "Final inspection"),
    ("third_party", "Third-party inspection"),
]
AQL_CHOICES = [(aql.NONE_ALLOWED, "None allowed"), *((one, one) for one in aql.AQLS)]
LEVEL_CHOICES = [(level, level) for level in aql.LEVELS]
SEVERITIES = ("critical", "major", "minor")
RESULTS = [
    ("open", "Open"),
    ("accepted", "Accepted"),
    ("concession", "Accepted by concession"),
    ("rejected", "Rejected"),
]


class ProductInspection(models.Model):
    """An inspection (验货) by attributes after ISO 2859-1 (K3).

    Single sampling, normal inspection: lot size and level give the sample, the three
    AQLs how many defective pieces of each severity pass.
    """

    _name = "followup.product.inspection"
    _inherit = ["followup.product.detail.mixin"]
    _description = "Inspection"
    _order = "tracking_id, date desc, id desc"
    _server_only = frozenset(
        {"customer_id", "company_id", "result", "decided_on", "decision_user_id"}
    )

    kind = fields.Selection(KINDS, string="Inspection", required=True, default="final")
    date = fields.Date(
        string="Inspected on", required=True, default=fields.Date.context_today
    )
    inspector = fields.Char(help="Who inspected: a colleague or an agency.")
    report_number = fields.Char(string="Report number")
    lot_size = fields.Integer(
        string="Lot size",
        required=True,
        compute="_compute_lot_size",
        store=True,
        readonly=False,
        precompute=True,
        help="Pieces in the lot; at least 2.",
    )
    level = fields.Selection(
        LEVEL_CHOICES,
        string="Inspection level",
        required=True,
        default="II",
        help="II unless something else is agreed. S-1 to S-4 take small samples.",
    )
    aql_critical = fields.Selection(
        AQL_CHOICES, string="AQL critical", required=True, default=aql.NONE_ALLOWED
    )
    aql_major = fields.Selection(
        AQL_CHOICES, string="AQL major", required=True, default="2.5"
    )
    aql_minor = fields.Selection(
        AQL_CHOICES, string="AQL minor", required=True, default="4.0"
    )
    code_letter = fields.Char(string="Code letter", compute="_compute_plan")
    sample_size = fields.Integer(
        string="Sample size",
        compute="_compute_sample_size",
        store=True,
        help="Pieces to inspect: the largest of the three plans.",
    )
    accept_critical = fields.Integer(string="Critical pass", compute="_compute_plan")
    accept_major = fields.Integer(string="Major pass", compute="_compute_plan")
    accept_minor = fields.Integer(string="Minor pass", compute="_compute_plan")
    plan_note = fields.Text(string="Sampling plan", compute="_compute_plan")
    inspected_count = fields.Integer(
        string="Pieces inspected", help="Empty: as many as the plan asks for."
    )
    defect_ids = fields.One2many(
        "followup.product.defect", "inspection_id", string="Defects"
    )
    critical_count = fields.Integer(
        string="Critical found", compute="_compute_found", store=True
    )
    major_count = fields.Integer(
        string="Major found", compute="_compute_found", store=True
    )
    minor_count = fields.Integer(
        string="Minor found", compute="_compute_found", store=True
    )
    verdict = fields.Selection(
        [("pass", "Passes"), ("fail", "Does not pass"), ("short", "Too few inspected")],
        string="By the table",
        compute="_compute_verdict",
        store=True,
    )
    packing_result = fields.Selection(
        [("ok", "As agreed"), ("deviates", "Deviates")], string="Packing"
    )
    cartons_opened = fields.Integer(string="Cartons opened")
    remark = fields.Text()
    result = fields.Selection(
        RESULTS,
        string="Decision on the lot",
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )
    decided_on = fields.Date(string="Decided on", readonly=True, copy=False)
    decision_user_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False
    )
    concession = fields.Text(
        help="Who at the customer accepts the goods as they are, and for what."
    )
    picture_ids = fields.One2many(
        "followup.product.picture", "inspection_id", string="Pictures"
    )

    # === COMPUTE === #

    @api.depends("kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for inspection in self:
            label = labels.get(inspection.kind, "")
            inspection.display_name = f"{label} {inspection.date or ''}".strip()

    @api.depends("tracking_id.quantity")
    def _compute_lot_size(self):
        for inspection in self:
            if not inspection.lot_size:
                inspection.lot_size = round(inspection.tracking_id.quantity)

    @api.depends("lot_size", "level", "aql_critical", "aql_major", "aql_minor")
    @api.depends_context("lang")
    def _compute_plan(self):
        for inspection in self:
            plans = inspection._get_plans()
            inspection.code_letter = (
                aql.code_letter(inspection.lot_size, inspection.level)
                if plans
                else False
            )
            for severity in SEVERITIES:
                plan = plans.get(severity)
                inspection[f"accept_{severity}"] = plan.accept if plan else 0
            inspection.plan_note = inspection._get_plan_note(plans)

    @api.depends("lot_size", "level", "aql_critical", "aql_major", "aql_minor")
    def _compute_sample_size(self):
        for inspection in self:
            plans = inspection._get_plans().values()
            inspection.sample_size = max((plan.size for plan in plans), default=0)

    @api.depends("defect_ids.quantity", "defect_ids.severity")
    def _compute_found(self):
        for inspection in self:
            for severity in SEVERITIES:
                defects = inspection.defect_ids.filtered(
                    lambda defect, wanted=severity: defect.severity == wanted
                )
                inspection[f"{severity}_count"] = sum(defects.mapped("quantity"))

    @api.depends(
        "lot_size",
        "level",
        "aql_critical",
        "aql_major",
        "aql_minor",
        "inspected_count",
        "critical_count",
        "major_count",
        "minor_count",
    )
    def _compute_verdict(self):
        for inspection in self:
            plans = inspection._get_plans()
            inspected = inspection.inspected_count
            if not plans:
                inspection.verdict = False
            elif any(
                inspection[f"{severity}_count"] >= plan.reject
                for severity, plan in plans.items()
            ):
                inspection.verdict = "fail"
            elif inspected and inspected < max(plan.size for plan in plans.values()):
                inspection.verdict = "short"
            else:
                inspection.verdict = "pass"

    # === CONSTRAINTS === #

    @api.constrains("lot_size")
    def _check_lot_size(self):
        if any(inspection.lot_size < 2 for inspection in self):
            raise ValidationError(
                self.env._(
                    "A lot to be sampled has at least 2 pieces: fill in its size."
                )
            )

    @api.constrains("inspected_count", "lot_size")
    def _check_inspected_count(self):
        for inspection in self:
            if not 0 <= inspection.inspected_count <= inspection.lot_size:
                raise ValidationError(
                    self.env._("More pieces cannot be inspected than are in the lot.")
                )

    # === CRUD === #

    def write(self, vals):
        """A decided inspection keeps its figures."""
        fixed = {"lot_size", "level", "aql_critical", "aql_major", "aql_minor"}
        fixed |= {"inspected_count", "defect_ids", "kind"}
        if not self.env.su and fixed & set(vals):
            self._refuse_decided()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if not self.env.su:
            self._refuse_decided()

    # === ACTIONS === #

    def action_accept(self):
        """The lot is accepted: only where it passes by the table."""
        for inspection in self:
            if inspection.verdict != "pass":
                raise UserError(
                    self.env._(
                        "By the table this lot does not pass. Reject it, or note the"
                        " concession of the customer and accept it by concession."
                    )
                )
        self._decide("accepted")

    def action_concede(self):
        """The customer takes the goods as they are."""
        if any(not (inspection.concession or "").strip() for inspection in self):
            raise UserError(
                self.env._(
                    "Write down who at the customer accepts the goods as they are, and"
                    " for what."
                )
            )
        self._decide("concession")

    def action_reject(self):
        """The lot is rejected: sort it, repair it, and inspect it again."""
        self._decide("rejected")

    def action_reopen(self):
        """Undo a decision that was pressed by mistake."""
        self.check_access("write")
        # Elevated: rights are checked; the decision is closed to direct writing.
        self.sudo().write(
            {"result": "open", "decided_on": False, "decision_user_id": False}
        )

    # === BUSINESS === #

    def _get_plans(self):
        """The plan of each severity; none where the lot has no size yet.

        :return: dict of severity: ``tools.aql.Plan``
        """
        if self.lot_size < 2 or not self.level:
            return {}
        return {
            severity: aql.plan_for(
                self.lot_size, self.level, self[f"aql_{severity}"] or aql.NONE_ALLOWED
            )
            for severity in SEVERITIES
        }

    def _get_plan_note(self, plans):
        """The plans in words: how many to take, how many may be defective."""
        labels = dict(
            self.defect_ids._fields["severity"]._description_selection(self.env)
        )
        return "\n".join(
            self.env._(
                "%(severity)s: inspect %(size)s pieces, up to %(accept)s pass,"
                " %(reject)s or more reject",
                severity=labels[severity],
                size=plan.size,
                accept=plan.accept,
                reject=plan.reject,
            )
            for severity, plan in plans.items()
        )

    def _decide(self, result):
        self.check_access("write")
        self._refuse_decided()
        # Elevated: rights are checked; the decision is closed to direct writing.
        self.sudo().write(
            {
                "result": result,
                "decided_on": fields.Date.context_today(self),
                "decision_user_id": self.env.uid,
            }
        )

    def _refuse_decided(self):
        if any(inspection.result != "open" for inspection in self):
            raise UserError(
                self.env._(
                    "This inspection is decided and keeps its figures. Open it"
                    " again, or enter the new inspection as one of its own."
                )
            )

    def _get_note(self):
        """The inspection and its result, in a few words."""
        labels = dict(self._fields["result"]._description_selection(self.env))
        return f"{self.display_name}: {labels[self.result]}"
