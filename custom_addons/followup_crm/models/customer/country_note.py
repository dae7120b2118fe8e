from odoo import fields, models


class CountryNote(models.Model):
    """What to mind when dealing with customers of a country (国别文化, P16).

    One note per country, common to all companies, translatable.
    """

    _name = "followup.country.note"
    _description = "Country note"
    _rec_name = "country_id"
    _order = "country_id, id"

    country_id = fields.Many2one("res.country", required=True, ondelete="cascade")
    business_habits = fields.Text(translate=True, string="Business habits")
    holidays = fields.Text(
        translate=True, help="Days on which nobody answers, and seasons to plan around."
    )
    gifts = fields.Text(translate=True, help="What is welcome, and what is not.")
    taboos = fields.Text(translate=True)

    _country_unique = models.Constraint(
        "UNIQUE (country_id)",
        "There is already a note for this country: open it and add to it.",
    )
