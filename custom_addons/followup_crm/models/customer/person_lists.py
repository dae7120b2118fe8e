"""The lists that personal data of decision makers are chosen from (P5)."""

from odoo import models


class Hobby(models.Model):
    """Something that people like to do, P5."""

    _name = "followup.hobby"
    _inherit = ["followup.list.mixin"]
    _description = "Hobby"


class PersonalityType(models.Model):
    """How somebody decides and likes to be dealt with, P5."""

    _name = "followup.personality.type"
    _inherit = ["followup.list.mixin"]
    _description = "Personality type"
