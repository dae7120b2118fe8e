from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

# Commands that link entries of a list; the others would change the list itself.
LINK_COMMANDS = {Command.LINK, Command.UNLINK, Command.SET, Command.CLEAR}


class PersonDataMixin(models.AbstractModel):
    """The personal data that may be held on a decision maker (P5): what, not where.

    ``followup.person`` stores them and opens them to nobody; ``followup.person.sheet``
    shows them after a reveal. Both declare each field of this list anew, so that
    neither can forget how it treats the field.
    """

    _name = "followup.person.data.mixin"
    _description = "Personal data of a decision maker"

    gender = fields.Selection(
        [("female", "Female"), ("male", "Male"), ("other", "Other")]
    )
    birthday = fields.Date()
    family = fields.Text(
        string="Family situation", help="Marriage, children, parents: what matters."
    )
    education = fields.Text(help="Schools, subjects, degrees, fellow students.")
    career = fields.Text(help="Earlier posts and employers, how he or she rose.")
    hobby_ids = fields.Many2many("followup.hobby", string="Hobbies")
    gift_taste = fields.Text(
        string="Taste in gifts", help="What pleases, what was given, what to avoid."
    )
    attitude = fields.Selection(
        [
            ("supporter", "Supports us"),
            ("friendly", "Friendly"),
            ("neutral", "Neutral"),
            ("reserved", "Reserved"),
            ("opponent", "Against us"),
        ],
        string="Attitude towards us",
    )
    personality_type_id = fields.Many2one(
        "followup.personality.type", string="Personality type"
    )
    social_standing = fields.Text(
        string="Social standing", help="Offices, honours, reputation in the trade."
    )
    lifestyle = fields.Text(help="Habits, food and drink, religion where it matters.")
    social_contacts = fields.Text(
        string="Social contacts", help="Whom he or she knows and listens to."
    )
    influence = fields.Selection(
        [
            ("deciding", "Decides alone"),
            ("strong", "Strong"),
            ("some", "Some"),
            ("little", "Little"),
        ],
        string="Influence on the decision",
    )
    travel_plans = fields.Text(
        string="Travel plans", help="Journeys, fairs and holidays ahead."
    )
    credit_standing = fields.Text(
        string="Personal credit standing", help="Whether promises and debts are kept."
    )
    development_plan = fields.Text(
        string="Development plan", help="Where he or she wants to take the business."
    )
    ambitions = fields.Text(help="What he or she wants to become or achieve.")
    personal_remarks = fields.Text(string="Other personal remarks")

    @api.model
    def _get_personal_fields(self):
        """Names of the personal fields, in the order of this list."""
        return [
            name
            for name, field in self.env["followup.person.data.mixin"]._fields.items()
            if name not in models.MAGIC_COLUMNS and name != "display_name"
        ]

    @api.model
    def _check_personal_vals(self, vals):
        """Refuse values that would change a list instead of choosing from it.

        Personal values are written with elevated rights, so that a command to create
        or delete an entry of a list would pass although the user may not do it.
        """
        for name, value in vals.items():
            if self._fields[name].type != "many2many" or not value:
                continue
            for command in value:
                linked = isinstance(command, int) or command[0] in LINK_COMMANDS
                if not linked:
                    raise AccessError(
                        self.env._(
                            "Choose from the list. A manager adds entries to it."
                        )
                    )
