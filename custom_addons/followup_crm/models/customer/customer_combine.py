from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Taken over where the remaining file has nothing; text of both files is kept.
TEXT_FIELDS = (
    "trading_history",
    "strengths",
    "weaknesses",
    "opportunities",
    "risks",
    "standing_reason",
)
# Of two standings the graver one holds.
STANDING_ORDER = ("normal", "risky", "blacklisted")


class Customer(models.Model):
    """Combining files: one truth when two customers turn out to be one."""

    _inherit = "followup.customer"

    def _combine_into(self, target):
        """Combine these files into ``target`` and remove them; nothing is lost.

        Details, messages, attachments and activities move; empty fields are filled,
        texts are joined, teams united. The codes stay findable as former codes. Both
        the log and the name of the combined files tell what happened.

        :param target: the file that remains, of the same company
        """
        sources = self - target
        if not sources:
            return
        target.ensure_one()
        if sources.company_id != target.company_id:
            raise UserError(
                self.env._("Only files of the same company can be combined.")
            )
        # Elevated: all details move, whoever may see them; callers check their rights.
        sources, target = sources.sudo(), target.sudo()
        names = ", ".join(f"{s.code} {s.display_name}" for s in sources)
        for source in sources:
            target.write(target._prepare_combined_vals(source))
        if "followup.person" in self.env:
            self.env["followup.person"].sudo()._combine_for_customers(sources, target)
        self.env.flush_all()
        merge = self.env["base.partner.merge.automatic.wizard"].sudo()
        merge._update_foreign_keys_generic("followup.customer", sources, target)
        merge._update_reference_fields_generic("followup.customer", sources, target)
        self.env.invalidate_all()
        sources.with_context(fcrm_combining=True).unlink()
        self.env.add_to_compute(self._fields["completeness"], target)
        target._refresh_order_figures(target.partner_id)
        target.message_post(
            body=self.env._("Combined with: %(customers)s", customers=names)
        )

    def _prepare_combined_vals(self, source):
        """What this file takes over from another."""
        self.ensure_one()
        vals = {}
        for name, field in self._fields.items():
            if not self._is_combinable(field):
                continue
            mine, other = self[name], source[name]
            if name in TEXT_FIELDS and mine and other and mine != other:
                vals[name] = f"{mine}\n{other}"
            elif field.type == "many2many" and other - mine:
                vals[name] = [(4, record.id) for record in other - mine]
            elif not mine and other and field.type != "many2many":
                vals[name] = field.convert_to_write(other, source)
        codes = [self.former_codes, source.former_codes, source.code]
        vals["former_codes"] = ", ".join(code for code in codes if code)
        vals["active"] = self.active or source.active
        if STANDING_ORDER.index(source.standing) > STANDING_ORDER.index(self.standing):
            vals["standing"] = source.standing
            vals["standing_user_id"] = source.standing_user_id.id
            vals["standing_date"] = source.standing_date
        for name in ("first_order_date", "last_order_date", "order_count"):
            vals.pop(name, None)
        if vals.get("person_in_charge_id"):
            # The contact is still the other company's; the caller moves it if need be.
            person = source.person_in_charge_id
            if person.commercial_partner_id != self.partner_id:
                del vals["person_in_charge_id"]
        return vals

    @api.model
    def _is_combinable(self, field):
        """Stored fields of the file itself, less its identity and what is derived."""
        return (
            field.store
            and not field.inherited
            and not field.related
            and not field.compute
            and field.type != "one2many"
            and field.name not in models.MAGIC_COLUMNS
            and field.name
            not in ("partner_id", "company_id", "code", "former_codes", "active")
            and not field.name.startswith(("message_", "activity_"))
        )

    @api.model
    def _combine_for_partners(self, src_partners, dst_partner):
        """Before partners are merged: one file per company for all of them."""
        # Elevated: who may merge partners merges all their files.
        files = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                Domain("partner_id", "in", (src_partners | dst_partner).ids),
                order="id",
            )
        )
        for company_files in files.grouped("company_id").values():
            own = company_files.filtered(lambda f: f.partner_id == dst_partner)
            target = own or company_files[0]
            (company_files - target)._combine_into(target)

    def _follow_commercial_partner(self, keep_archived=False):
        """Files whose partner became a contact of another company.

        :param keep_archived: keep the file as it is, archived, instead of combining it
            with the file of the company
        """
        # Elevated: a file follows its partner whoever moved the partner.
        for customer in self.sudo().with_context(active_test=False):
            commercial = customer.partner_id.commercial_partner_id
            if commercial == customer.partner_id:
                continue
            target = self.sudo()._for_partner(
                commercial, customer.company_id, active_test=False
            )
            if keep_archived:
                customer._archive_as_contact(commercial)
            elif target:
                customer._combine_into(target)
            else:
                contact = customer.partner_id
                customer.write({"partner_id": commercial.id})
                customer.message_post(
                    body=self.env._(
                        "%(contact)s became a contact of %(customer)s: this is its file"
                        " now.",
                        contact=contact.name,
                        customer=commercial.name,
                    )
                )

    def _archive_as_contact(self, commercial):
        self.active = False
        self.message_post(
            body=self.env._(
                "%(contact)s became a contact of %(customer)s. This file is kept as an"
                " archive.",
                contact=self.partner_id.name,
                customer=commercial.name,
            )
        )
