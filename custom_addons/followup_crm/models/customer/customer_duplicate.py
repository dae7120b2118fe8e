import re

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.names import name_key, registration_key

# The kinds of a match, the surest first.
MATCH_KINDS = ("code", "vat", "company_registry", "name")
# What people put between the digits of a phone number, as in Odoo's own index.
PHONE_FILLING = re.compile(r"[\s\\./()\-]")


class Customer(models.Model):
    """Who might be the same customer: refused on import (P12), hinted at elsewhere."""

    _inherit = "followup.customer"

    name_key = fields.Char(
        compute="_compute_name_key",
        store=True,
        index="btree_not_null",
        help="The name without legal form, punctuation and case, for comparing.",
        string="Name key",
    )
    duplicate_note = fields.Char(
        string="Similar customers", compute="_compute_duplicate_note"
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id.name")
    def _compute_name_key(self):
        for customer in self:
            customer.name_key = name_key(customer.partner_id.name)

    @api.depends("name", "vat", "company_registry", "phone", "company_id")
    @api.depends_context("lang")
    def _compute_duplicate_note(self):
        """Name the first similar file, for a banner on the form; blocks nothing."""
        similar = self._get_similar_files()
        for customer in self:
            files = similar[customer]
            customer.duplicate_note = bool(files) and self.env._(
                "A similar customer exists: %(customer)s",
                customer=files[:1]._get_identification(),
            )

    def _get_similar_files(self):
        """Files of the same company that might be the same customer, per record.

        :return: dict of record: files, elevated, because a colleague's file counts
            even where the user may not open it; show ``_get_identification`` only
        """
        # Elevated: a clash counts whoever follows the other customer.
        files = self.sudo()
        wanted = {customer: customer._get_similarity_keys() for customer in self}
        found = {}
        for kind, key, company_id, file_id in self._search_similar(wanted.values()):
            found.setdefault((kind, key, company_id), []).append(file_id)
        return {
            customer: files.browse(
                file_id
                for kind, key in keys.items()
                for file_id in found.get((kind, key, customer.company_id.id), ())
                if file_id != customer._origin.id
            )
            for customer, keys in wanted.items()
        }

    def _get_similarity_keys(self):
        """What a similar file shares with this one, in the order of what is shown."""
        self.ensure_one()
        return {
            "vat": self.vat if registration_key(self.vat) else "",
            "company_registry": self.company_registry or "",
            "name_key": name_key(self.name),
            "phone": PHONE_FILLING.sub("", self.phone or ""),
        }

    def _search_similar(self, wanted):
        """Rows (kind, key, company, file) found through one index per kind of key.

        The expression of the phone is the one that Odoo's own index is made of.
        """
        keys = {
            kind: list({row[kind] for row in wanted if row[kind]})
            for kind in ("vat", "company_registry", "name_key", "phone")
        }
        if not any(keys.values()):
            return []
        self.env["res.partner"].flush_model(["vat", "company_registry", "phone"])
        self.flush_model(["name_key", "company_id", "partner_id"])
        return self.env.execute_query(
            SQL(
                r"""
                SELECT 'vat', p.vat, c.company_id, c.id
                  FROM res_partner p
                  JOIN followup_customer c ON c.partner_id = p.id
                 WHERE p.vat = ANY(%(vat)s)
                 UNION ALL
                SELECT 'company_registry', p.company_registry, c.company_id, c.id
                  FROM res_partner p
                  JOIN followup_customer c ON c.partner_id = p.id
                 WHERE p.company_registry = ANY(%(company_registry)s)
                 UNION ALL
                SELECT 'name_key', name_key, company_id, id
                  FROM followup_customer
                 WHERE name_key = ANY(%(name_key)s)
                 UNION ALL
                SELECT 'phone', regexp_replace(
                           p.phone::text, '[\s\\./\(\)\-]'::text, ''::text, 'g'::text),
                       c.company_id, c.id
                  FROM res_partner p
                  JOIN followup_customer c ON c.partner_id = p.id
                 WHERE p.phone IS NOT NULL
                   AND regexp_replace(
                           p.phone::text, '[\s\\./\(\)\-]'::text, ''::text, 'g'::text)
                       = ANY(%(phone)s)
                """,
                **keys,
            )
        )

    def _get_identification(self):
        """Code, name and owner: all that a stranger to a file may learn of it."""
        self.ensure_one()
        # Elevated: code, name and owner are all that is told.
        customer = self.sudo()
        name = " ".join(filter(None, (customer.code, customer.partner_id.name)))
        if not customer.user_id:
            return self.env._("%(customer)s (no owner)", customer=name)
        return self.env._(
            "%(customer)s (owner %(owner)s)",
            customer=name,
            owner=customer.user_id.name,
        )

    # === BUSINESS === #

    @api.model
    def _find_duplicates(self, vals_list):
        """What is known already of customers that are about to be made.

        One query per kind of key, whatever the number of rows.

        :param vals_list: values of new files, as ``create`` takes them
        :return: per row a list of (field, message): a file of the company with the
            same code, tax number, registration number or name; a contact without file
            that has the same number; or an earlier row of the list
        """
        rows = [self._get_import_keys(vals) for vals in vals_list]
        known = self._get_known_by_key(rows)
        seen, result = {}, []
        for number, row in enumerate(rows, 1):
            messages = [
                (kind, message)
                for kind in MATCH_KINDS
                if row[kind] and (message := self._match_row(row, kind, known, seen))
            ]
            for kind in MATCH_KINDS:
                label = row["name_label"] or str(number)
                seen.setdefault((row["company_id"], kind, row[kind]), label)
            # The surest match says enough.
            result.append(messages[:1])
        return result

    def _match_row(self, row, kind, known, seen):
        """The message of a row that repeats something by this kind of key, or None."""
        key = (row["company_id"], kind, row[kind])
        others = [m for m in known.get(key, ()) if m[0] != row["partner_id"]]
        if others:
            return self._get_known_message(kind, others[0])
        if key in seen:
            return self._get_repeated_message(kind, seen[key])
        return None

    def _get_import_keys(self, vals):
        return {
            "company_id": vals.get("company_id") or self.env.company.id,
            "partner_id": vals.get("partner_id"),
            "name_label": vals.get("name"),
            "code": (vals.get("code") or "").strip(),
            "vat": registration_key(vals.get("vat")),
            "company_registry": registration_key(vals.get("company_registry")),
            "name": name_key(vals.get("name")),
        }

    def _get_known_by_key(self, rows):
        """Known customers by (company, kind, key): lists of (partner id, file)."""
        companies = sorted({row["company_id"] for row in rows})
        keys = {kind: {r[kind] for r in rows if r[kind]} for kind in MATCH_KINDS}
        known = {}
        # Elevated: a colleague's customer is a duplicate too, though not to be read;
        # the message names its code, name and owner only.
        files = self.sudo().with_context(active_test=False)
        for kind, field in (("code", "code"), ("name", "name_key")):
            if not keys[kind]:
                continue
            domain = [(field, "in", list(keys[kind])), ("company_id", "in", companies)]
            for file in files.search(domain):
                key = (file.company_id.id, kind, file[field])
                known.setdefault(key, []).append((file.partner_id.id, file))
        numbers = self._get_partners_by_number(keys)
        file_of = self._get_files_of_partners([row[1] for row in numbers], companies)
        for kind, partner_id, active, own_company_id, number in numbers:
            for company_id in companies:
                file = file_of.get((partner_id, company_id), files.browse())
                if file or (active and own_company_id in (None, company_id)):
                    key = (company_id, kind, number)
                    known.setdefault(key, []).append((partner_id, file))
        return known

    def _get_files_of_partners(self, partner_ids, companies):
        # Elevated: a clash counts whoever follows the other customer.
        files = self.sudo().with_context(active_test=False)
        found = partner_ids and files.search(
            [("partner_id", "in", partner_ids), ("company_id", "in", companies)]
        )
        return {(file.partner_id.id, file.company_id.id): file for file in found}

    def _get_partners_by_number(self, keys):
        """Rows (kind, partner, active, company, key) of partners by their numbers."""
        rows = []
        self.env["res.partner"].flush_model(
            ["active", "commercial_partner_id", "company_id", "company_registry", "vat"]
        )
        for kind in ("vat", "company_registry"):
            if not keys[kind]:
                continue
            rows += self.env.execute_query(
                SQL(
                    """
                    SELECT %(kind)s, p.id, p.active, p.company_id, n.key
                      FROM res_partner p
                     CROSS JOIN LATERAL (
                           SELECT upper(regexp_replace(
                               normalize(p.%(column)s, NFKC), '[^A-Za-z0-9]', '', 'g'
                           )) AS key) n
                     WHERE p.%(column)s <> ''
                       AND p.commercial_partner_id = p.id
                       AND n.key = ANY(%(keys)s)
                     ORDER BY p.id
                    """,
                    kind=kind,
                    column=SQL.identifier(kind),
                    keys=list(keys[kind]),
                )
            )
        return rows

    def _get_known_message(self, kind, match):
        partner_id, file = match
        values = {"what": self._get_kind_label(kind)}
        if file:
            return self.env._(
                "This customer exists already (same %(what)s): %(customer)s. Leave the"
                " row out, or change that file instead.",
                customer=file.with_env(self.env)._get_identification(),
                **values,
            )
        # Elevated: code, name and owner are all that is told.
        partner = self.env["res.partner"].sudo().browse(partner_id)
        return self.env._(
            "A contact with the same %(what)s exists already: %(contact)s. Make its"
            " customer file from there instead.",
            contact=partner.name,
            **values,
        )

    def _get_repeated_message(self, kind, label):
        return self.env._(
            "This customer is in the sheet twice (same %(what)s as %(row)s): leave one"
            " of the rows out.",
            what=self._get_kind_label(kind),
            row=label,
        )

    def _get_kind_label(self, kind):
        return {
            "code": self.env._("customer code"),
            "vat": self.env._("tax number"),
            "company_registry": self.env._("registration number"),
            "name": self.env._("name"),
        }[kind]
