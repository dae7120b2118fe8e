from odoo import fields, models

from .states import SEVERITIES


class ComplaintSeverityRule(models.Model):
    """When a complaint is how grave (C2): the first rule that fits is proposed."""

    _name = "followup.complaint.severity.rule"
    _description = "Rule for the severity of complaints"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    severity = fields.Selection(SEVERITIES, required=True)
    category_ids = fields.Many2many(
        "followup.complaint.category",
        "followup_severity_rule_category_rel",
        "rule_id",
        "category_id",
        string="Categories",
        help="Empty for all categories.",
    )
    min_share = fields.Float(
        string="From this share of the order (%)",
        help="Quantity affected against the quantity ordered of the product; 0: any.",
    )
    is_top_tier = fields.Boolean(
        string="Only customers of the first tier",
    )
    words = fields.Char(
        translate=True,
        help="Words separated by commas; one of them in the complaint is enough.",
    )

    def _fits(self, complaint, affected_share):
        """Whether this rule decides on a complaint.

        :param affected_share: percent of the ordered quantity, 0 where unknown
        """
        self.ensure_one()
        if self.category_ids and complaint.category_id not in self.category_ids:
            return False
        if self.min_share and affected_share < self.min_share:
            return False
        if self.is_top_tier and not complaint._is_top_tier():
            return False
        return not self.words or self._has_word(complaint)

    def _has_word(self, complaint):
        text = f"{complaint.subject or ''} {complaint.description or ''}".casefold()
        words = [word.strip().casefold() for word in self.words.split(",")]
        return any(word and word in text for word in words)
