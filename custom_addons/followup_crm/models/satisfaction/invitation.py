from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dimensions import INVITATION_STATES, KINDS, REASONS, SOURCES

# Set by methods only: nobody writes an invitation by hand.
SERVER_ONLY = frozenset(
    """company_id round_id survey_id customer_id partner_id picking_id complaint_id
    question_id kind source state reason due_date sent_date reminded_date answered_date
    input_id tier_id country_id user_id categ_id said_on entered_by_id""".split()
)


class SatisfactionInvitation(models.Model):
    """One contact asked once: in a round, after a delivery, after a complaint (G2, G5).

    Also what staff enter (G7) is one, told apart by ``source``. Tier, country, owner
    and product category are those of the day: statistics do not move afterwards.
    """

    _name = "followup.satisfaction.invitation"
    _inherit = ["followup.guarded.mixin"]
    _description = "Survey invitation"
    _order = "id desc"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    company_id = fields.Many2one("res.company", required=True, index=True)
    round_id = fields.Many2one(
        "followup.satisfaction.round",
        string="Survey round",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        ondelete="restrict",
        index=True,
    )
    kind = fields.Selection(KINDS, string="Asked about", required=True)
    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    email = fields.Char(related="partner_id.email", string="E-mail")
    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivery",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    complaint_id = fields.Many2one(
        "followup.complaint",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    source = fields.Selection(
        SOURCES, string="How it was learnt", required=True, default="online"
    )
    state = fields.Selection(
        INVITATION_STATES, string="Status", required=True, default="proposed"
    )
    reason = fields.Selection(REASONS, string="Why not asked")
    due_date = fields.Datetime(string="To be sent on")
    sent_date = fields.Datetime(string="Sent on")
    reminded_date = fields.Datetime(string="Reminded on")
    answered_date = fields.Datetime(string="Answered on")
    input_id = fields.Many2one(
        "survey.user_input",
        string="Answer",
        index="btree_not_null",
        ondelete="set null",
    )
    tier_id = fields.Many2one("followup.tier", ondelete="restrict", check_company=True)
    country_id = fields.Many2one("res.country")
    user_id = fields.Many2one("res.users", string="Owner")
    categ_id = fields.Many2one("product.category", string="Product category")
    said_on = fields.Date(string="Learnt on")
    entered_by_id = fields.Many2one("res.users", string="Entered by")

    # Query: what is to be sent now, and whom to remind; asked every few minutes.
    _waiting = models.Index("(due_date, id) WHERE state = 'queued'")
    _unanswered = models.Index(
        "(sent_date) WHERE state = 'sent' AND reminded_date IS NULL"
    )
    # Query: when was this contact asked last? Asked for every contact of a round.
    _last_asked = models.Index("(partner_id, sent_date) WHERE sent_date IS NOT NULL")
    # A delivery and a complaint are asked about once, whoever notices them.
    _picking_unique = models.UniqueIndex("(picking_id) WHERE picking_id IS NOT NULL")
    _complaint_unique = models.UniqueIndex(
        "(complaint_id) WHERE complaint_id IS NOT NULL"
    )

    # === COMPUTE === #

    @api.depends("customer_id", "partner_id")
    def _compute_display_name(self):
        for invitation in self:
            # Elevated: whoever reads the invitation reads the names it holds.
            own = invitation.sudo()
            names = (own.partner_id.name, own.customer_id.name)
            invitation.display_name = ", ".join(
                dict.fromkeys(name for name in names if name)
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        return super().write(vals)

    # === ACTIONS === #

    def action_leave_out(self):
        """Take these out of a round that has not begun; managers only."""
        self._check_draft("proposed")
        # Elevated: after the check; the status is closed to direct writing.
        self.sudo().write({"state": "left_out", "reason": "hand"})

    def action_take_in(self):
        """Ask these, although the selection left them out; managers only.

        Whoever has no address, or does not want mails, stays left out.
        """
        self._check_draft("left_out")
        barred = ("no_contact", "blacklisted")
        if any(one.reason in barred or not one.partner_id for one in self):
            raise UserError(
                self.env._("Without an address that wants mails nobody can be asked.")
            )
        # Elevated: after the check; the status is closed to direct writing.
        self.sudo().write({"state": "proposed", "reason": False})

    def _check_draft(self, state):
        if not self.env.su and not self.env.user.has_group(
            "followup_crm.group_manager"
        ):
            raise AccessError(self.env._("Only managers choose who is asked."))
        self.check_access("read")
        if any(one.round_id.state != "draft" or one.state != state for one in self):
            raise UserError(self.env._("This step does not come here."))

    # === BUSINESS === #

    def _get_url(self):
        """The link to the questionnaire; opening it changes nothing."""
        self.ensure_one()
        # Elevated: the link is for whoever gets the mail.
        answer = self.sudo().input_id
        return f"{self.get_base_url()}{answer.get_start_url()}" if answer else ""

    def _get_sender(self):
        """Who writes: the customer's owner, else the company."""
        self.ensure_one()
        # Elevated: the address of a colleague stands in the mail.
        own = self.sudo()
        owner = own.customer_id.user_id
        return (owner if owner.email else own.company_id).email_formatted or ""

    @api.model
    def _prepare_snapshot(self, customers):
        """What a customer is today, as values for its invitation or response.

        :return: dict of file id → values
        """
        categories = self._get_categories(customers)
        return {
            customer.id: {
                "company_id": customer.company_id.id,
                "customer_id": customer.id,
                "tier_id": customer.tier_id.id,
                "country_id": customer.country_id.id,
                "user_id": customer.user_id.id,
                "categ_id": categories.get(customer.id),
            }
            # Elevated: what a customer is, whoever asks it.
            for customer in customers.sudo()
        }

    @api.model
    def _get_categories(self, customers):
        """The product category in which each customer bought most within a year."""
        since = fields.Date.subtract(fields.Date.context_today(self), years=1)
        # Elevated: sales of customers that are asked.
        groups = (
            self.env["followup.sales.line"]
            .sudo()
            ._read_group(
                [
                    ("customer_id", "in", customers.ids),
                    ("date", ">=", since),
                    ("categ_id", "!=", False),
                ],
                ["customer_id", "categ_id"],
                ["amount:sum"],
            )
        )
        best = {}
        for customer, category, amount in groups:
            if customer.id not in best or amount > best[customer.id][1]:
                best[customer.id] = (category.id, amount)
        return {customer_id: category for customer_id, (category, _a) in best.items()}
