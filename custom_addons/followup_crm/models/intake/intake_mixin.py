from odoo import api, models

# Whose mails go through the log of incoming mails; who is asked first.
INTAKES = ("followup.complaint", "followup.request")


class IntakeMixin(models.AbstractModel):
    """A record that customers make by writing a mail: complaints and requests.

    Mails are taken once, also damaged ones; senders that could be forged are marked;
    what a machine writes by itself makes no record and gets no receipt. Strangers are
    kept and matched later. ``mail.thread.message_process`` asks each of ``INTAKES``
    whether a mail is for it.

    A model that inherits it has the fields ``name`` (its number), ``subject``,
    ``description``, ``company_id``, ``customer_id``, ``partner_id``, ``email_from``,
    ``channel``, ``user_id``, ``is_sender_verified`` and ``source_message_id``, which
    has a unique index.
    """

    _name = "followup.intake.mixin"
    _inherit = ["mail.thread"]
    _description = "Made of incoming mails"
    # The numbers that a subject may name, as a regular expression.
    _mail_number = ""
    # The field of the log's entry that says what a mail has made.
    _mail_entry_field = ""
    # The fields that take the names of a sender and of its company.
    _mail_name_field = ""
    _mail_company_field = ""
    # What the log says of a mail that made a record, and of a reply to one.
    _mail_outcomes = ("", "")
    _mail_channel_model = ""

    # === BUSINESS === #

    @api.model
    def _get_mail_channels(self):
        """The model that holds the addresses of the companies."""
        return self.env[self._mail_channel_model]

    @api.model
    def _create_from_channel(
        self, channel, vals, partner=None, verified=True, message_id=None
    ):
        """Register what came in from outside; each model allows its own values.

        :param channel: ``portal``, ``form`` or ``email``
        :param vals: values; keys that are not allowed are dropped
        :param partner: ``res.partner`` of who writes, where that is known
        :param verified: False where the sender may be forged
        :param message_id: Message-Id of the mail; the same mail never makes a second
            record: the unique index raises
        :return: the record, elevated
        """
        raise NotImplementedError

    def _get_receipt(self):
        """Subject and body of the receipt, in the language of the record."""
        raise NotImplementedError
