from odoo import api, models

# What a mail may say about a request.
CHANNEL_FIELDS = frozenset(
    "subject description company_id contact_name email_from phone".split()
)


class Request(models.Model):
    """What is the requests' own in what all incoming mails have in common."""

    _inherit = "followup.request"
    _mail_number = r"\bR\d{4}-\d{5,}\b"
    _mail_entry_field = "request_id"
    _mail_name_field = "contact_name"
    _mail_company_field = "contact_company"
    _mail_outcomes = ("request", "request_reply")
    _mail_channel_model = "followup.request.channel"

    @api.model
    def _create_from_channel(
        self, channel, vals, partner=None, verified=True, message_id=None
    ):
        own = {name: vals[name] for name in CHANNEL_FIELDS & vals.keys()}
        own["subject"] = (own.get("subject") or "").strip() or self.env._(
            "(no subject)"
        )
        own |= {
            "channel": channel,
            "partner_id": partner.id if partner else False,
            "is_sender_verified": verified,
            "source_message_id": message_id or False,
            "received_by_id": False,
        }
        # Elevated: the mail gateway has no right to create; the values are an
        # allow-list.
        return self.sudo().create(own)

    def _customer_wrote(self):
        """The customer writes again: what was answered or closed waits for us anew."""
        self.ensure_one()
        # Elevated: the gateway has no rights of ours.
        request = self.sudo()
        if request.state in ("answered", "closed"):
            request._reopen(self.env._("The customer wrote again."))
        if request.user_id:
            request.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The customer wrote again"),
                user_id=request.user_id.id,
            )

    def _is_of_colleague(self, msg_dict):
        """A colleague who answers by mail does not ask again.

        The gateway leaves out the author where the sender may be forged.
        """
        author = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        # Elevated: whose address it is decides, whoever the gateway runs as.
        return bool(author.sudo().user_ids.filtered(lambda user: not user.share))

    def _message_post_after_hook(self, message, msg_vals):
        """Our mail to the customer is the answer; it stops the clock."""
        result = super()._message_post_after_hook(message, msg_vals)
        if self.state in ("new", "working") and self._is_answer(message):
            self._answered()
        return result

    def _is_answer(self, message):
        """Whether a message of one of us goes to somebody outside."""
        # Elevated: who the recipients are decides, whoever writes.
        own = message.sudo()
        outside = own.partner_ids.filtered("partner_share") or own.outgoing_email_to
        return bool(
            own.message_type in ("comment", "email")
            and not own.is_internal
            and own.subtype_id == self.env.ref("mail.mt_comment")
            and own.author_id.user_ids.filtered(lambda user: not user.share)
            and outside
        )

    def _get_receipt(self):
        self.ensure_one()
        body = self.env["ir.qweb"]._render(
            "followup_crm.request_receipt", {"record": self}
        )
        subject = self.env._(
            "%(number)s: we have received your request", number=self.name
        )
        return subject, body
