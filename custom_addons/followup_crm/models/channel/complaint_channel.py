import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.names import name_key

PATH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ComplaintChannel(models.Model):
    """The ways by which customers reach one company with a complaint.

    The e-mail address is an alias of Odoo's mail gateway, the public form an address of
    this server that needs no website. Both are closed until somebody opens them.
    """

    _name = "followup.complaint.channel"
    _inherit = ["followup.intake.channel.mixin"]
    _description = "Ways to complain"
    _order = "company_id, id"
    _rec_name = "company_id"
    _intake_model = "followup.complaint"

    is_form_open = fields.Boolean(
        string="Public form",
        help="Anybody who knows its address may send a complaint, without an account.",
    )
    form_path = fields.Char(
        string="Name in the address",
        help="The last part of the form's address: lower case letters and digits.",
    )
    form_url = fields.Char(
        string="Address of the form", compute="_compute_form_url", readonly=True
    )
    form_intro = fields.Text(
        string="Text above the form",
        translate=True,
        help="What customers should know before they write, in a sentence or two.",
    )
    posts_per_minute = fields.Integer(
        string="Messages per minute",
        default=10,
        required=True,
        help="More from one source are refused until the minute is over.",
    )
    attachment_megabytes = fields.Integer(
        string="Size of attachments (MB)",
        default=20,
        required=True,
        help="The largest sum of files that one message may bring.",
    )
    mail_count = fields.Integer(compute="_compute_mail_count", string="Incoming mails")

    # Query: the channel of a company; each has one.
    _company_unique = models.UniqueIndex("(company_id)")
    # Query: the form that an address names.
    _form_path_unique = models.UniqueIndex(
        "(form_path) WHERE form_path IS NOT NULL",
        "Another company's form has this address already.",
    )
    _limits_positive = models.Constraint(
        "CHECK (posts_per_minute > 0 AND attachment_megabytes > 0)",
        "At least one message a minute and one megabyte must be allowed.",
    )

    # === COMPUTE === #

    @api.depends("form_path", "is_form_open")
    def _compute_form_url(self):
        base = self.get_base_url()
        for channel in self:
            path = channel.form_path
            channel.form_url = f"{base}/complaint/{path}" if path else False

    def _compute_mail_count(self):
        groups = self.env["followup.complaint.mail"]._read_group(
            [("company_id", "in", self.company_id.ids)], ["company_id"], ["__count"]
        )
        counts = {company: count for company, count in groups}
        for channel in self:
            channel.mail_count = counts.get(channel.company_id, 0)

    # === CONSTRAINTS === #

    @api.constrains("form_path", "is_form_open")
    def _check_form_path(self):
        for channel in self:
            if channel.form_path and not PATH.fullmatch(channel.form_path):
                raise ValidationError(
                    self.env._(
                        "The form's address takes lower case letters, digits and"
                        " hyphens only, for example meridian-garments."
                    )
                )
            if channel.is_form_open and not channel.form_path:
                raise ValidationError(
                    self.env._("Name the form's address before you open it.")
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Make channels; one without a path gets it from its company's name."""
        for vals in vals_list:
            if not vals.get("form_path"):
                company = self.env["res.company"].browse(vals["company_id"])
                vals["form_path"] = self._propose_path(company)
        return super().create(vals_list)

    @api.model
    def _propose_path(self, company):
        """A free name for a company's form, from its own name where that is Latin."""
        plain = re.sub(r"[^a-z0-9]+", "-", name_key(company.name or "")).strip("-")
        path = plain or f"company-{company.id}"
        # Elevated: another company's form may have taken the name.
        taken = self.sudo().search_count([("form_path", "=", path)], limit=1)
        return f"{path}-{company.id}" if taken else path

    # === ACTIONS === #

    def action_open_form(self):
        """Show the public form as a customer sees it."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.form_url, "target": "new"}

    def action_open_mails(self):
        """List what came in by mail, also what made no complaint."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.complaint_mail_action"
        )
        return {**action, "domain": [("company_id", "=", self.company_id.id)]}

    # === BUSINESS === #

    @api.model
    def _of_form(self, path):
        """The channel whose open form has this address; empty if there is none."""
        # Elevated: anybody may read what the form shows.
        return self.sudo().search(
            [("form_path", "=", path), ("is_form_open", "=", True)], limit=1
        )
