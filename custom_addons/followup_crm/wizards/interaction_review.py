from odoo import fields, models


class InteractionReview(models.TransientModel):
    """The supervisor's word on a report: file it, or return it."""

    _name = "followup.interaction.review"
    _description = "Review of a report"

    interaction_id = fields.Many2one(
        "followup.interaction", string="Contact", required=True, ondelete="cascade"
    )
    content = fields.Text(related="interaction_id.content", related_sudo=False)
    result = fields.Text(related="interaction_id.result", related_sudo=False)
    next_step = fields.Char(related="interaction_id.next_step", related_sudo=False)
    comment = fields.Text(string="Your comment")

    def action_review(self):
        """File the report."""
        self.ensure_one()
        self.interaction_id._review("reviewed", self.comment)

    def action_return(self):
        """Return the report with what is missing."""
        self.ensure_one()
        self.interaction_id._review("returned", self.comment)
