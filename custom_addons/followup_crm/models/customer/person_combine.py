from odoo import api, models
from odoo.fields import Command, Domain

# A difference in these cannot be joined: the other value is kept as a remark.
SINGLE_TYPES = ("selection", "date", "many2one")


class Person(models.Model):
    """Combining person records when contacts or customer files are merged."""

    _inherit = "followup.person"

    @api.model
    def _combine_for_contacts(self, src_partners, dst_partner):
        """Before contacts are merged: one record per file for all of them.

        All records are on ``dst_partner`` afterwards.
        """
        persons = self._get_combining_env().search(
            Domain("contact_id", "in", (src_partners | dst_partner).ids), order="id"
        )
        for same_file in persons.grouped("customer_id").values():
            own = same_file.filtered(lambda p: p.contact_id == dst_partner)
            target = own or same_file[0]
            self._combine(same_file - target, target)
        persons = persons.exists()
        persons.filtered(lambda p: p.contact_id != dst_partner).write(
            {"contact_id": dst_partner.id}
        )
        persons.flush_recordset()

    @api.model
    def _combine_for_customers(self, src_customers, dst_customer):
        """Before customer files are combined: their persons move to ``dst_customer``.

        Where a contact has a record in both files, the records are combined.
        """
        persons = self._get_combining_env().search(
            Domain("customer_id", "in", (src_customers | dst_customer).ids), order="id"
        )
        for same_contact in persons.grouped("contact_id").values():
            own = same_contact.filtered(lambda p: p.customer_id == dst_customer)
            target = own or same_contact[0]
            self._combine(same_contact - target, target)
        persons = persons.exists()
        persons.filtered(lambda p: p.customer_id != dst_customer).write(
            {"customer_id": dst_customer.id}
        )
        persons.flush_recordset()

    @api.model
    def _get_combining_env(self):
        # Elevated: whoever merges contacts moves all that is held on them, unseen.
        return self.sudo().with_context(fcrm_combining=True)

    @api.model
    def _combine(self, sources, target):
        """Take everything of ``sources`` over into ``target`` and remove them.

        Empty entries are filled, texts joined, hobbies united, dates moved. Where two
        values cannot stand together (two birthdays), the target's holds and the other
        is kept among the remarks. The later end of the time holds.
        """
        # Elevated: combining moves what the caller may not read.
        sources = (sources - target).sudo()
        if not sources:
            return
        target = target.sudo().with_context(fcrm_combining=True)
        for source in sources:
            target.write(target._prepare_combined_vals(source))
            target._take_over_dates(source)
        accesses = self.env["followup.person.access"].sudo()
        accesses.search([("person_id", "in", sources.ids)]).write(
            {"person_id": target.id}
        )
        self.env["followup.person.access"]._log(target, "combine")
        sources.unlink()

    def _prepare_combined_vals(self, source):
        """What this record takes over from another on the same person."""
        self.ensure_one()
        vals, remarks = {}, []
        for name in self._get_personal_fields():
            field, mine, other = self._fields[name], self[name], source[name]
            if not other or mine == other:
                continue
            if field.type == "many2many":
                vals[name] = [Command.link(record.id) for record in other]
            elif not mine:
                vals[name] = field.convert_to_write(other, source)
            elif field.type in SINGLE_TYPES:
                label = field._description_string(self.env)
                remarks.append(f"{label}: {self._get_display_text(source, name)}")
            elif other not in mine:
                vals[name] = f"{mine}\n{other}"
        if remarks:
            known = vals.get("personal_remarks", self.personal_remarks) or ""
            vals["personal_remarks"] = "\n".join([known, *remarks]).strip()
        for name in ("consent_date", "method_id", "collected_on", "collected_by_id"):
            if not self[name] and source[name]:
                vals[name] = self._fields[name].convert_to_write(source[name], source)
        if source.keep_until > self.keep_until:
            vals["keep_until"] = source.keep_until
        vals["remind_birthday"] = self.remind_birthday and source.remind_birthday
        return vals

    def _take_over_dates(self, source):
        """Move the dates that this record does not have yet."""

        def key(date):
            return date.kind, date.month, date.day, date.label, date.year

        known = {key(date) for date in self.date_ids}
        source.date_ids.filtered(lambda date: key(date) not in known).write(
            {"person_id": self.id}
        )

    @api.model
    def _get_display_text(self, record, name):
        """The value of a field as a person reads it."""
        field, value = record._fields[name], record[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        return str(value) if value else ""
