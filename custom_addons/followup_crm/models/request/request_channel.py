from odoo import models


class RequestChannel(models.Model):
    """The e-mail address to which a company's customers write with requests."""

    _name = "followup.request.channel"
    _inherit = ["followup.intake.channel.mixin"]
    _description = "Address for requests"
    _order = "company_id, id"
    _rec_name = "company_id"
    _intake_model = "followup.request"

    # Query: the channel of a company; each has one.
    _company_unique = models.UniqueIndex("(company_id)")
