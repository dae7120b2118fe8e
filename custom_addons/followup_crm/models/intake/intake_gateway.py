import re

from odoo import api, models


class IntakeMixin(models.AbstractModel):
    """Mails from the gateway: whose they are, new ones and replies.

    ``mail.thread.message_process`` puts the entry of ``followup.complaint.mail``
    into the context as ``fcrm_mail_id``; whatever comes from there is a mail for us.
    """

    _inherit = "followup.intake.mixin"

    # === WHOSE MAIL === #

    @api.model
    def _find_mail_target(self, mail, model=None, custom_values=None):
        """Whether a mail is for this model, and for which company.

        :param mail: :class:`IncomingMail`
        :param model: what the mail server makes of its mails
        :return: (channels that are addressed, record that is answered, company);
            company is empty for a mail that is none of ours
        """
        channels = self._get_mail_channels()._of_addresses(mail.recipients)
        answered = self._find_by_references(mail.references)
        companies = self.env["res.company"]
        if model == self._name:
            given = (custom_values or {}).get("company_id")
            companies = companies.browse(given) if given else self.env.company
        company = channels[:1].company_id or answered.company_id or companies
        return channels, answered, company

    @api.model
    def _find_by_references(self, references):
        """The record that a mail answers by its headers; elevated."""
        # Elevated: the gateway looks for the thread, whoever it runs as.
        records = self.sudo().browse()
        if not references:
            return records
        message = (
            self.env["mail.message"]
            .sudo()
            .search(
                [("message_id", "in", references), ("model", "=", self._name)],
                order="id desc",
                limit=1,
            )
        )
        return records.browse(message.res_id).exists()

    @api.model
    def _find_by_number(self, subject, sender, companies):
        """The record whose number a subject names, if the sender may know it.

        Many mail programs, and people, answer without the headers that say to what.
        """
        # Elevated: see ``_find_by_references``.
        records = self.sudo().browse()
        numbers = re.findall(self._mail_number, subject or "")[:3]
        if numbers:
            records = records.search(
                [("name", "in", numbers), ("company_id", "in", companies.ids)], limit=10
            )
        return records.filtered(lambda one: one._is_from_customer(sender))[:1]

    @api.model
    def _get_mail_entry(self):
        """The log's entry of the mail that is being taken; elevated, may be empty."""
        entry_id = self.env.context.get("fcrm_mail_id")
        # Elevated: the log is written by its own methods only.
        return self.env["followup.complaint.mail"].sudo().browse(entry_id or [])

    @api.model
    def _complete_routes(self, routes, message_dict, failed=False):
        """Lead a mail to its record, and to each company that it addresses.

        Odoo takes the answer to another document for nothing else, even if it goes to
        our address, too. And it runs as the user whose address the sender claims.

        :param routes: what Odoo found
        :param failed: whether it found no way at all
        """
        if message_dict.get("is_bounce"):
            return routes
        # Elevated: read by the gateway.
        channels = (
            self._get_mail_channels()
            .sudo()
            .browse(self.env.context.get("fcrm_channel_ids", []))
        )
        if not routes and not failed:
            # Odoo refused: by our own rule of who may write, or for another address.
            channels = channels.filtered(lambda one: one._is_open_to_everyone())
        companies = channels.company_id or self._get_mail_entry().company_id
        known = self._find_by_number(
            message_dict.get("subject"), message_dict.get("email_from"), companies
        )
        found = [self._as_gateway(route, known) for route in routes]
        if channels:
            # What the mailbox makes of mails counts only where no address does.
            found = [one for one in found if one[0] != self._name or one[1] or one[4]]
        ours = [route for route in found if route[0] == self._name]
        missing = channels.filtered(
            lambda channel: channel.alias_id not in [route[4] for route in ours]
        )
        if any(route[1] for route in ours):
            missing = missing.browse()
        for channel in missing:
            found.append(self._make_route(channel.company_id, channel.alias_id, known))
        if failed and not missing:
            found.append(self._make_route(companies[:1], None, known))
        return found

    def _as_gateway(self, route, known):
        """One of Odoo's routes; ours runs as the gateway itself."""
        model, thread_id, values, user_id, alias = route
        if model != self._name:
            return tuple(route)
        company = (values or {}).get("company_id")
        if not thread_id and known and company in (None, known.company_id.id):
            return (model, known.id, None, self.env.uid, alias)
        return (model, thread_id, values, self.env.uid, alias)

    def _make_route(self, company, alias, known):
        if known and known.company_id == company:
            return (self._name, known.id, None, self.env.uid, alias)
        return (self._name, 0, {"company_id": company.id}, self.env.uid, alias)
