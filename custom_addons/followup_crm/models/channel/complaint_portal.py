from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import consteq, plaintext2html

# What a customer sees of a complaint's way: our states under the customer's words.
STEPS = {
    "received": "received",
    "acknowledged": "working",
    "investigating": "working",
    "directed": "working",
    "reopened": "working",
    "proposed": "proposal",
    "agreed": "agreed",
    "remedied": "agreed",
    "refused": "done",
    "closed": "done",
}
SHOWN_TYPES = ("comment", "email", "email_outgoing", "auto_comment")
LOW_RATING = 2


class Complaint(models.Model):
    """What customers see and do by themselves: on the portal and by a link (C10)."""

    _inherit = "followup.complaint"

    customer_reference = fields.Char(
        string="Order or product named",
        tracking=True,
        help="As the customer names it, until it is linked.",
    )
    customer_rating = fields.Selection(
        [
            ("5", "Very satisfied"),
            ("4", "Satisfied"),
            ("3", "So-so"),
            ("2", "Dissatisfied"),
            ("1", "Very dissatisfied"),
        ],
        string="Rated by the customer",
        readonly=True,
        copy=False,
    )
    customer_rating_comment = fields.Text(
        string="Comment on the rating", readonly=True, copy=False
    )
    customer_rated_date = fields.Datetime(string="Rated on", readonly=True, copy=False)

    # === ACTIONS === #

    def action_open_portal(self):
        """Show the complaint as its customer sees it."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.access_url, "target": "new"}

    # === WHO MAY SEE IT === #

    @api.model
    def _get_portal_domain(self, user):
        """The complaints of a portal user's company and of what belongs to it."""
        root = user.partner_id.commercial_partner_id
        return Domain("company_id", "in", user.company_ids.ids) & (
            Domain("customer_id.partner_id", "child_of", root.ids)
            | Domain("customer_id", "=", False)
            & Domain("partner_id", "child_of", root.ids)
        )

    @api.model
    def _find_for_visitor(self, complaint_id, user, token=None):
        """A complaint that a visitor may see, by who it is or by the link's token.

        :return: the complaint, elevated; empty alike where there is none and where it
            is somebody else's
        """
        # Elevated: customers have no rights on complaints but what these pages show.
        complaint = self.sudo().browse(complaint_id).exists()
        secret = complaint.access_token
        if token and secret and consteq(secret.encode(), token.encode()):
            return complaint
        if user._is_public():
            return complaint.browse()
        if user._is_internal():
            return complaint.with_user(user)._filtered_access("read").sudo()
        return complaint.filtered_domain(self._get_portal_domain(user))

    # === WHAT IS SHOWN === #

    def _get_portal_step(self):
        self.ensure_one()
        return STEPS[self.state]

    def _get_portal_messages(self):
        """What was said between the customer and us; notes and tracking are not."""
        self.ensure_one()
        # Elevated: exactly the messages that a customer may see.
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("message_type", "in", SHOWN_TYPES),
                    ("subtype_id", "=", self.env.ref("mail.mt_comment").id),
                    ("is_internal", "=", False),
                ],
                order="id",
            )
            .filtered(lambda message: message.body or message.attachment_ids)
        )

    @api.model
    def _is_our_message(self, message):
        """Whether we wrote it: a colleague, or the company itself in its receipt."""
        author = message.author_id
        return message.message_type == "auto_comment" or bool(
            author.user_ids.filtered(lambda user: not user.share)
        )

    def _get_portal_author(self, message):
        """Under what name a message is shown to the customer."""
        self.ensure_one()
        if message.message_type == "auto_comment":
            return self.company_id.name
        return message.author_id.name or self.complainant_name or message.email_from

    def _get_portal_attachments(self):
        """The files that a customer may open: those of the messages that it sees."""
        return self._get_portal_messages().attachment_ids

    def _get_portal_proposals(self):
        """What was offered, with the answer; drafts and what was taken back are not."""
        self.ensure_one()
        shown = ("offered", "agreed", "declined")
        return self.proposal_ids.filtered(lambda one: one.state in shown)

    def _may_be_rated(self):
        """A customer rates how its complaint was handled once it knows the result."""
        self.ensure_one()
        known = self.state == "closed" or bool(self.told_date)
        return known and not self.customer_rating

    # === WHAT CUSTOMERS DO === #

    def _post_from_visitor(self, text, files, author=None):
        """A message of the customer; whoever handles the complaint is notified.

        :param text: plain text
        :param files: list of (name, content)
        :param author: ``res.partner`` who is logged in; who comes by the link is not
        """
        self.ensure_one()
        # As the gateway does: nobody of ours wrote it, and pages or drawings that may
        # hold scripts are attached as plain text.
        thread = self.with_user(self.env.ref("base.user_root")).with_context(
            attachments_mime_plainxml=True, mail_post_autofollow_author_skip=True
        )
        return thread.message_post(
            body=plaintext2html(text) if text else "",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=author.id if author else False,
            email_from=author.email_formatted if author else self._get_visitor_name(),
            attachments=files,
        )

    def _get_visitor_name(self):
        self.ensure_one()
        return self.email_from or self.partner_id.email_formatted or self.name

    def _answer_from_visitor(self, proposal_id, agreed, name):
        """The customer's answer to one of the proposals that it sees."""
        self.ensure_one()
        proposal = self._get_portal_proposals().filtered(
            lambda one: one.id == proposal_id
        )
        if not proposal or proposal.state != "offered":
            raise UserError(self.env._("This proposal is no longer open."))
        proposal.with_user(self.env.ref("base.user_root"))._answer(
            agreed, "portal", answered_by=name
        )

    def _rate_from_visitor(self, rating, comment):
        """The customer says how content it is; a low rating asks for a call."""
        self.ensure_one()
        if not self._may_be_rated() or rating not in dict(
            self._fields["customer_rating"].selection
        ):
            raise UserError(self.env._("This complaint cannot be rated now."))
        # Elevated: the fields are closed to direct writing.
        own = self.with_user(self.env.ref("base.user_root")).sudo()
        own.write(
            {
                "customer_rating": rating,
                "customer_rating_comment": comment,
                "customer_rated_date": fields.Datetime.now(),
            }
        )
        own._message_log(
            body=own.env._(
                "The customer rated: %(rating)s of 5. %(comment)s",
                rating=rating,
                comment=comment or "",
            )
        )
        if int(rating) <= LOW_RATING and own.user_id:
            own.activity_schedule(
                "mail.mail_activity_data_call",
                summary=own.env._("The customer is not satisfied: call back"),
                user_id=own.user_id.id,
            )
