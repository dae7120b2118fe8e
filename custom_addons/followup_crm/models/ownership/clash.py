from odoo import api, models
from odoo.tools import SQL

from ...tools.clash import (
    clash_words,
    domain_key,
    likeness,
    name_keys,
    phone_key,
    tax_keys,
)

# From this likeness on two names may mean one company.
THRESHOLD = 0.8
# Likeness by trigrams that is looked at closer, and how many at most.
TRIGRAM_THRESHOLD = 0.5
# Two letters swapped cost a short name four of its few trigrams.
SHORT = 12
SHORT_TRIGRAM_THRESHOLD = 0.4
CANDIDATES = 60
# Without trigrams: so many first characters are alike.
PREFIX = 5
CJK_PREFIX = 2
# A domain or phone of more files than this tells nothing.
TOO_COMMON = 20
SHOWN = 10


class Clash(models.AbstractModel):
    """Finds the customers that may be the same company as one that is asked for (F9).

    Over all files of a company, archived and pooled ones too. Exact keys are looked up
    in one statement; likeness of names by trigrams where PostgreSQL has them, else
    among names that begin alike.
    """

    _name = "followup.clash"
    _description = "Search for clashing customers"

    @api.model
    def _search_clashes(
        self,
        company,
        name=None,
        phone=None,
        email=None,
        vat=None,
        registry=None,
        country=None,
        limit=SHOWN,
    ):
        """Files that clash with these values, the surest first.

        :param country: ``res.country`` in which a phone without prefix is meant
        :return: list of (file id, kind of match, likeness from 0 to 1)
        """
        keys = self._get_keys(name, phone, email, vat, registry, country)
        found = self._search_exact(company, keys)
        words = clash_words(name)
        if words:
            for file_id, other in self._search_alike(company, keys).items():
                degree = likeness(words, clash_words(other))
                if degree >= THRESHOLD and degree > found.get(file_id, ("", 0))[1]:
                    kind = "name" if degree == 1 else "alike"
                    found[file_id] = (kind, degree)
        ordered = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
        return [(file_id, kind, degree) for file_id, (kind, degree) in ordered[:limit]]

    @api.model
    def _get_keys(self, name, phone, email, vat, registry, country):
        """Kind and key of what is asked for."""
        keys = dict(name_keys(name))
        keys.update(tax_keys(vat))
        keys["registry"] = tax_keys(registry).get("vat", "")
        keys["phone"] = phone_key(self._get_e164(phone, country))
        keys["domain"] = domain_key(email)
        return {kind: key for kind, key in keys.items() if key}

    @api.model
    def _get_e164(self, phone, country):
        """A number in E.164 where it can be told, else as it is."""
        if not phone:
            return phone
        partner = self.env["res.partner"]
        country = country or self.env.company.country_id
        return partner._phone_format(number=phone, country=country) or phone

    @api.model
    def _get_twins(self, customers):
        """Files that may be the same as each of these: one query for all of them.

        :return: dict of file and ids, for files that have keys already
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT a.customer_id, b.customer_id, p.name, q.name,
                       a.kind IN ('vat', 'phone')
                  FROM followup_clash_key a
                  JOIN followup_clash_key b ON b.key = a.key AND b.kind = a.kind
                       AND b.company_id = a.company_id
                       AND b.customer_id <> a.customer_id
                  JOIN followup_customer f ON f.id = a.customer_id
                  JOIN res_partner p ON p.id = f.partner_id
                  JOIN followup_customer g ON g.id = b.customer_id
                  JOIN res_partner q ON q.id = g.partner_id
                 WHERE a.customer_id = ANY(%s)
                   AND a.kind IN ('name', 'words', 'frame', 'vat', 'phone')
                """,
                customers.ids,
            )
        )
        twins = {}
        for file_id, other_id, name, other, is_number in rows:
            if is_number or likeness(clash_words(name), clash_words(other)) > THRESHOLD:
                twins.setdefault(file_id, []).append(other_id)
        return {c: sorted(set(twins.get(c.id, ()))) for c in customers}

    def _search_exact(self, company, keys):
        """Files that share a key: dict of file and (kind, likeness)."""
        wanted = [
            ("vat", "vat", "vat", 1.0),
            # With a prefix on one side only.
            ("bare_vat", "vat", "vat", 0.98),
            ("vat", "bare_vat", "vat", 0.98),
            ("registry", "registry", "registry", 1.0),
            ("name", "name", "name", 1.0),
            ("words", "words", "name", 0.99),
            ("phone", "phone", "phone", 0.97),
            ("domain", "domain", "domain", 0.9),
        ]
        wanted = [
            (stored, keys[own], kind, degree)
            for own, stored, kind, degree in wanted
            if keys.get(own)
            and not (own == "vat" and stored == "bare_vat" and "bare_vat" in keys)
        ]
        if not wanted:
            return {}
        columns = [list(column) for column in zip(*wanted, strict=True)]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT k.customer_id, w.label, w.degree, w.kind,
                       COUNT(*) OVER (PARTITION BY w.kind, w.key)
                  FROM unnest(%s::text[], %s::text[], %s::text[], %s::float[])
                       AS w (kind, key, label, degree)
                  JOIN followup_clash_key k ON k.key = w.key AND k.kind = w.kind
                 WHERE k.company_id = %s
                 ORDER BY w.degree
                """,
                *columns,
                company.id,
            )
        )
        return {
            file_id: (label, degree)
            for file_id, label, degree, kind, number in rows
            if kind not in ("phone", "domain") or number <= TOO_COMMON
        }

    def _search_alike(self, company, keys):
        """Files whose name is somewhat alike: dict of file and name."""
        if self.env["followup.clash.key"]._has_trigram():
            threshold = TRIGRAM_THRESHOLD
            if len(keys["core"]) < SHORT:
                threshold = SHORT_TRIGRAM_THRESHOLD
            # Only for this transaction.
            self.env.cr.execute(
                SQL(
                    """SELECT set_config('pg_trgm.similarity_threshold', %s, TRUE)""",
                    str(threshold),
                )
            )
            alike = SQL(
                """(SELECT customer_id FROM followup_clash_key
                     WHERE kind = 'core' AND company_id = %(company)s
                       AND key %% %(core)s
                     ORDER BY similarity(key, %(core)s) DESC LIMIT %(limit)s)""",
                core=keys["core"],
                company=company.id,
                limit=CANDIDATES,
            )
        else:
            length = PREFIX if keys["name"].isascii() else CJK_PREFIX
            alike = SQL(
                """(SELECT customer_id FROM followup_clash_key
                     WHERE kind IN ('name', 'words') AND company_id = %(company)s
                       AND (key LIKE %(name)s OR key LIKE %(words)s)
                     LIMIT %(limit)s)""",
                name=f"{keys['name'][:length]}%",
                words=f"{keys['words'][:length]}%",
                company=company.id,
                limit=5 * CANDIDATES,
            )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.id, p.name
                  FROM (SELECT customer_id FROM followup_clash_key
                         WHERE kind = 'frame' AND key = %(frame)s
                           AND company_id = %(company)s
                         UNION %(alike)s) c
                  JOIN followup_customer f ON f.id = c.customer_id
                  JOIN res_partner p ON p.id = f.partner_id
                """,
                frame=keys.get("frame", ""),
                company=company.id,
                alike=alike,
            )
        )
        return dict(rows)
