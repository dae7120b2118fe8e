from odoo import api, models

# How many of the likely twins are looked at for one file.
TWINS = 5


class Customer(models.Model):
    """Name clashes seen from the customer file (F9)."""

    _inherit = "followup.customer"

    def _get_similar_files(self):
        """Besides exact matches: names that are alike, spelt or ordered otherwise."""
        similar = super()._get_similar_files()
        clashes = self.env["followup.clash"]
        if len(self) > 1:
            found = clashes._get_twins(self.filtered(lambda c: not similar[c]))
        else:
            found = {c: self._search_twins(c) for c in self if not similar[c]}
        for customer, ids in found.items():
            similar[customer] = similar[customer].browse(
                file_id for file_id in ids if file_id != customer._origin.id
            )
        return similar

    @api.model
    def _search_twins(self, customer):
        """Ids of files that a file may be the same as; it need not be saved yet."""
        found = customer.name and self.env["followup.clash"]._search_clashes(
            customer.company_id or self.env.company,
            name=customer.name,
            phone=customer.phone,
            vat=customer.vat,
            country=customer.country_id,
            limit=TWINS,
        )
        return [file_id for file_id, _kind, _degree in found or ()]

    @api.model_create_multi
    def create(self, vals_list):
        """The keys follow at once; an imported file with a likely twin says so."""
        # Keys are made once, at the end: not for each contact that is made meanwhile.
        making = self.with_context(fcrm_making_file=True)
        customers = super(Customer, making).create(vals_list).with_env(self.env)
        # Elevated: keys are nobody's to write.
        self.env["followup.clash.key"].sudo()._refresh(customers)
        if self.env.context.get("import_file"):
            customers._note_similar()
        return customers

    def _note_similar(self):
        """Write into the log of new files who may be the same customer."""
        for customer in self:
            if customer.duplicate_note:
                # Elevated: the note is the program's.
                customer.sudo().message_post(body=customer.duplicate_note)
