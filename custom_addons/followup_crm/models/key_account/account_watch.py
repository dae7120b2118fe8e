from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from .account_event import URGENT_KINDS

# What is watched: kind of event → key in the notes of what was seen last.
WATCHED = ("terms", "limit", "legal", "management", "owner", "tier")


class Account(models.Model):
    """What changes about an account is noted at once (A4).

    ``watched`` holds what was seen last. Every place where it may change calls
    ``_watch``, and so does the nightly job, so that nothing is missed.
    """

    _inherit = "followup.account"

    @api.model
    def _find_of_partners(self, partners):
        """The current accounts of these partners, or of their companies."""
        # Elevated: a change is noted whoever made it; only ids are looked up.
        return self.sudo().search(
            Domain("state", "=", "current")
            & Domain(
                "customer_id.partner_id",
                "in",
                partners.sudo().commercial_partner_id.ids,
            )
        )

    def _prepare_watch(self):
        """Note what there is before it changes, where nothing was noted yet."""
        unseen = self.filtered(lambda account: not account.watched)
        for account, seen in unseen._get_watched().items():
            account.watched = seen

    def _watch(self):
        """Note what differs from what was seen last, and tell the managers.

        :return: number of changes
        """
        if not self:
            return 0
        self.env.flush_all()
        urgent, count = {}, 0
        # Elevated: what was seen is nobody's to write.
        for account, seen in self.sudo()._get_watched().items():
            known = account.watched
            if known == seen:
                continue
            account.watched = seen
            if not known:
                continue
            for kind, before, after in self._compare_watched(known, seen):
                count += 1
                account.with_user(self.env.user)._note_event(kind, before, after)
                if kind in URGENT_KINDS:
                    urgent.setdefault(account, []).append((kind, before, after))
        for account, changes in urgent.items():
            account._tell_changes(changes)
        return count

    @api.model
    def _compare_watched(self, known, seen):
        """List of (kind of event, what it was, what it is now)."""
        changes = [
            (kind, known.get(kind, ""), seen[kind])
            for kind in WATCHED
            if known.get(kind, "") != seen[kind]
        ]
        former, people = known.get("people", {}), seen["people"]
        for key in sorted({*former, *people}, key=int):
            before, after = former.get(key, ""), people.get(key, "")
            if before != after:
                changes.append(("people", before, after))
        return changes

    def _get_watched(self):
        """What is watched of each account, as texts that a person can read.

        :return: dict of account: dict of kind: text; ``people`` by the contact's id
        """
        if not self:
            return {}
        finances = self._get_latest_finances()
        people = self._get_people()
        result = {}
        for account in self:
            customer = account.customer_id
            # The partner's own fields: the file's may be on their way there just now.
            partner = customer.partner_id.with_company(account.company_id)
            terms = partner.property_payment_term_id.with_context(lang=None)
            finance = finances.get(customer.id, {})
            result[account] = {
                "terms": terms.name or "",
                "limit": self._format_limit(account, partner.credit_limit),
                "legal": finance.get("legal_representative") or "",
                "management": finance.get("management_structure") or "",
                "owner": customer.user_id.name or "",
                "tier": customer.tier_id.code or "",
                "people": people.get(customer.partner_id.id, {}),
            }
        return result

    @api.model
    def _format_limit(self, account, limit):
        if not limit:
            return ""
        currency = account.company_id.currency_id
        amount = formatLang(
            self.env(context={**self.env.context, "lang": "en_US"}), limit, digits=0
        )
        return f"{amount} {currency.name}"

    def _get_latest_finances(self):
        """Legal representative and management, as stated last: dict by customer id."""
        rows = self.env["followup.customer.finance"].search_read(
            [("customer_id", "in", self.customer_id.ids)],
            ["customer_id", "legal_representative", "management_structure"],
            order="date, id",
            load=False,
        )
        latest = {}
        for row in rows:
            known = latest.setdefault(row["customer_id"], {})
            known.update({key: value for key, value in row.items() if value})
        return latest

    def _get_people(self):
        """The customer's contacts: dict of partner id: {contact id: name, function}."""
        contacts = self.env["res.partner"].search(
            [
                ("parent_id", "in", self.customer_id.partner_id.ids),
                ("type", "=", "contact"),
                ("is_company", "=", False),
            ]
        )
        people = {}
        for contact in contacts:
            text = ", ".join(filter(None, (contact.name, contact.function)))
            people.setdefault(contact.parent_id.id, {})[str(contact.id)] = text
        return people

    def _tell_changes(self, changes):
        """Tell the manager of changes in terms and management at once."""
        self.ensure_one()
        manager = self.manager_id
        if not manager.active or manager == self.env.user:
            return
        account = self.with_context(lang=manager.lang)
        kinds = dict(
            self.env["followup.account.event"]
            .with_context(lang=manager.lang)
            ._fields["kind"]
            ._description_selection(account.env)
        )
        nothing = account.env._("nothing")
        account.message_notify(
            partner_ids=manager.partner_id.ids,
            subject=account.env._(
                "Changed: %(customer)s", customer=account.customer_id.name
            ),
            body="; ".join(
                account.env._(
                    "%(what)s: was %(before)s, is now %(after)s",
                    what=kinds[kind],
                    before=before or nothing,
                    after=after or nothing,
                )
                for kind, before, after in changes
            ),
        )


class CustomerFinance(models.Model):
    """What is learnt of a key account's management is noted at once (A4)."""

    _inherit = "followup.customer.finance"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = self._get_key_accounts({v.get("customer_id") for v in vals_list})
        accounts._prepare_watch()
        finances = super().create(vals_list)
        accounts._watch()
        return finances

    def write(self, vals):
        if not {"legal_representative", "management_structure", "date"} & vals.keys():
            return super().write(vals)
        accounts = self._get_key_accounts(self.customer_id.ids)
        accounts._prepare_watch()
        result = super().write(vals)
        accounts._watch()
        return result

    @api.model
    def _get_key_accounts(self, customer_ids):
        # Elevated: a change is noted whoever made it.
        return (
            self.env["followup.account"]
            .sudo()
            .search(
                [("customer_id", "in", list(customer_ids)), ("state", "=", "current")]
            )
        )
