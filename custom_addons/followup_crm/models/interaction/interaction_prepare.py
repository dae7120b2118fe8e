from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from .interaction import OPEN_STATES


class Interaction(models.Model):
    """Preparing a contact: what is open with the customer, ready to be ticked off."""

    _inherit = "followup.interaction"

    check_ids = fields.One2many(
        "followup.interaction.check", "interaction_id", string="Preparation"
    )

    # === ACTIONS === #

    def action_prepare(self):
        """Fill the checklist with what is open today; what is settled goes."""
        self.check_access("write")
        self._fill_checklist()

    # === BUSINESS === #

    def _fill_checklist(self):
        """Bring the checklists up to date: each open issue once, ticks stay."""
        found = self._get_open_issues()
        vals_list, settled = [], self.env["followup.interaction.check"].sudo()
        # Elevated: overdue invoices and others' needs belong to the preparation.
        for contact in self.sudo():
            issues = found[contact.customer_id.id]
            lines = {
                check.source_key: check
                for check in contact.check_ids
                if check.source_key
            }
            own = {f"contact:{contact.id}"}  # a contact does not remind of itself
            for key, (kind, sequence, name) in issues.items():
                if key in own:
                    continue
                if key in lines:
                    lines[key].name = name
                else:
                    vals_list.append(
                        {
                            "interaction_id": contact.id,
                            "source_key": key,
                            "kind": kind,
                            "sequence": sequence,
                            "name": name,
                        }
                    )
            settled |= self.env["followup.interaction.check"].union(
                *(
                    check
                    for key, check in lines.items()
                    if key not in issues and not check.is_done
                )
            )
        settled.unlink()
        self.env["followup.interaction.check"].sudo().create(vals_list)

    def _get_open_issues(self):
        """What is open with the customers of these contacts.

        Other rooms add theirs by ``_collect_open_issues``.

        :return: dict customer id → dict key → (kind, sequence, text); the key tells
            the record: ``need:12``
        """
        issues = defaultdict(dict)
        self._collect_open_issues(self.customer_id, issues)
        return issues

    def _collect_open_issues(self, customers, issues):
        """Add open issues of ``customers`` to ``issues``; extended by other rooms.

        :param customers: ``followup.customer``
        :param issues: dict customer id → dict, see ``_get_open_issues``
        """
        self._collect_needs(customers, issues)
        self._collect_promises(customers, issues)
        self._collect_last_time(customers, issues)
        self._collect_invoices(customers, issues)

    def _collect_needs(self, customers, issues):
        # Elevated: it is read for the preparation of a contact that the user may see.
        needs = self.env["followup.need"].sudo()
        for need in needs.search(
            [("customer_id", "in", customers.ids), ("state", "=", "open")]
        ):
            text = need.name
            if need.date_deadline:
                day = format_date(self.env, need.date_deadline)
                text = self.env._("%(need)s (answer by %(day)s)", need=text, day=day)
            issues[need.customer_id.id][f"need:{need.id}"] = ("need", 20, text)

    def _collect_promises(self, customers, issues):
        """Next steps that we promised and have not done yet."""
        # Elevated: colleagues' promises to the same customer count, too.
        for contact in self.sudo().search(
            [
                ("customer_id", "in", customers.ids),
                ("state", "in", OPEN_STATES),
                ("previous_id", "!=", False),
            ]
        ):
            text = self.env._(
                "%(promise)s (promised on %(day)s)",
                promise=contact.purpose,
                day=format_date(self.env, contact.previous_id.date),
            )
            key = f"contact:{contact.id}"
            issues[contact.customer_id.id][key] = ("promise", 30, text)

    def _collect_last_time(self, customers, issues):
        """Own lines of the last contact that were not ticked off."""
        # Elevated: colleagues' contacts with the same customer count, too.
        last = {}
        for contact in self.sudo().search(
            [
                ("customer_id", "in", customers.ids),
                ("state", "=", "done"),
                ("is_personal", "!=", True),
            ],
            order="customer_id, date desc, id desc",
        ):
            last.setdefault(contact.customer_id.id, contact)
        for customer_id, contact in last.items():
            for check in contact.check_ids:
                if check.kind in ("own", "last") and not check.is_done:
                    key = f"check:{check.id}"
                    issues[customer_id][key] = ("last", 10, check.name)

    def _collect_invoices(self, customers, issues):
        """Invoices that are past their due date, with what is still to be paid."""
        # Elevated: who follows a customer knows what it owes, without accounting
        # rights; of each file's company only.
        by_place = {(c.partner_id.id, c.company_id.id): c.id for c in customers}
        overdue = (
            Domain("state", "=", "posted")
            & Domain("move_type", "=", "out_invoice")
            & Domain("payment_state", "in", ("not_paid", "partial"))
            & Domain("invoice_date_due", "<", fields.Date.context_today(self))
            & Domain("commercial_partner_id", "in", customers.partner_id.ids)
            & Domain("company_id", "in", customers.company_id.ids)
        )
        for move in self.env["account.move"].sudo().search(overdue):
            place = (move.commercial_partner_id.id, move.company_id.id)
            if place not in by_place:
                continue
            text = self.env._(
                "%(invoice)s: %(amount)s, due on %(day)s",
                invoice=move.name,
                amount=format_amount(self.env, move.amount_residual, move.currency_id),
                day=format_date(self.env, move.invoice_date_due),
            )
            issues[by_place[place]][f"invoice:{move.id}"] = ("invoice", 40, text)
