"""The lists of the customer file that need nothing beyond a name."""

from odoo import models


class OwnershipType(models.Model):
    """Ownership of a company (所有制性质): state, collective, private… (P1)"""

    _name = "followup.ownership.type"
    _inherit = ["followup.list.mixin"]
    _description = "Ownership type"


class BusinessScope(models.Model):
    """What a customer deals in (经营范围), P1."""

    _name = "followup.business.scope"
    _inherit = ["followup.list.mixin"]
    _description = "Business scope"


class TransportMode(models.Model):
    """How a customer has its goods carried, P3."""

    _name = "followup.transport.mode"
    _inherit = ["followup.list.mixin"]
    _description = "Transport mode"


class InformationMethod(models.Model):
    """By what method a piece of information was collected, P7."""

    _name = "followup.information.method"
    _inherit = ["followup.list.mixin"]
    _description = "Method of collecting information"


class InformationChannel(models.Model):
    """Through what channel a piece of information, or the customer, came, P7."""

    _name = "followup.information.channel"
    _inherit = ["followup.list.mixin"]
    _description = "Information channel"


class Competitor(models.Model):
    """A company that competes with us, P3."""

    _name = "followup.competitor"
    _inherit = ["followup.list.mixin"]
    _description = "Competitor of ours"
