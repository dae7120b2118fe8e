from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.day import company_today

# Reminders that one transaction of the job makes.
BATCH = 200


class Chase(models.Model):
    """What is to be chased: found by one statement for each kind and company."""

    _inherit = "followup.chase"

    # === CRON === #

    @api.model
    def _cron_chase(self):
        """Nightly: withdraw what was answered, count what worked, propose anew."""
        companies = self.env["res.company"].search(Domain.TRUE)
        for number, company in enumerate(companies, 1):
            here = self.with_company(company)
            here._withdraw(company)
            here._measure(company)
            while here._propose(company, BATCH) == BATCH:
                if not self.env["ir.cron"]._commit_progress(BATCH):
                    return
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - number)

    # === BUSINESS === #

    @api.model
    def _propose(self, company, limit=BATCH):
        """Propose reminders for a company.

        :return: how many were made; ``limit`` where there may be more
        """
        self.env.flush_all()
        today = company_today(company)
        found = []
        for kind, rule in self.env["followup.chase.rule"]._of_company(company).items():
            select = getattr(self, f"_select_{kind}")(company, rule, today)
            rows = self.env.execute_query(
                SQL("""%s LIMIT %s""", select, limit - len(found))
            )
            found += [(kind, rule, *row) for row in rows]
            if len(found) >= limit:
                break
        self._make(company, today, found)
        return len(found)

    def _make(self, company, today, found):
        """Write the reminders that were found, each in its customer's language."""
        # Elevated: the job proposes for everybody.
        here = self.sudo()
        files = here.env["followup.customer"].browse([row[3] for row in found])
        files.fetch(["user_id", "tier_sequence", "partner_id"])
        # Read together what is read one by one below.
        partners = here.env["res.partner"].browse([row[4] for row in found])
        documents = {
            kind: here._get_documents(kind, [row[2] for row in found if row[0] == kind])
            for kind in dict(self._fields["kind"].selection)
        }
        phrases, vals_list = {}, []
        for kind, _rule, document_id, customer_id, partner_id, since, past in found:
            customer = files.browse(customer_id).with_prefetch(files._prefetch_ids)
            partner = partners.browse(partner_id).with_prefetch(partners._prefetch_ids)
            document = documents[kind].browse(document_id)
            document = document.with_prefetch(documents[kind]._prefetch_ids)
            key = (kind, partner.lang or customer.partner_id.lang)
            if key not in phrases:
                phrases[key] = here.env["followup.phrase"]._find(
                    f"chase_{kind}", key[1], company
                )
            vals_list.append(
                {
                    **here._write_reminder(phrases[key], document, partner, customer),
                    "kind": kind,
                    "company_id": company.id,
                    "order_id" if kind == "quotation" else "sample_id": document_id,
                    "round_number": past + 1,
                    "waiting_since": since,
                    "proposed_on": today,
                }
            )
        return here.create(vals_list)

    def _write_reminder(self, phrase, document, partner, customer):
        """Who sends it to whom, and the mail as that user writes it."""
        user = document.user_id if "user_id" in document._fields else customer.user_id
        user = user if user.active else customer.user_id
        # Elevated: written as that user would, whatever he or she may read.
        writer = phrase.with_user(user or self.env.user).sudo()
        subject, body = writer._render(document, partner)
        return {
            "customer_id": customer.id,
            "partner_id": partner.id,
            "user_id": user.id,
            "tier_sequence": customer.tier_sequence or 999,
            "phrase_id": phrase.id,
            "subject": subject or document.display_name,
            "body": body,
        }

    @api.model
    def _get_documents(self, kind, ids):
        model = "sale.order" if kind == "quotation" else "followup.product.sample"
        return self.env[model].browse(ids)

    @api.model
    def _select_quotation(self, company, rule, today):
        """Quotations that were sent, are valid and had no word from the customer."""
        return SQL(
            """
            SELECT o.id, f.id, o.partner_id, t.day, %(past)s
              FROM sale_order o
              JOIN res_partner p ON p.id = o.partner_id
              JOIN followup_customer f
                ON f.partner_id = p.commercial_partner_id
               AND f.company_id = o.company_id
              CROSS JOIN LATERAL (
                    SELECT COALESCE(MAX(m.date), o.date_order) AS moment,
                           COALESCE(MAX(m.date), o.date_order)::date AS day
                      FROM mail_message m
                      LEFT JOIN res_partner a ON a.id = m.author_id
                     WHERE m.model = 'sale.order' AND m.res_id = o.id
                       AND m.message_type IN ('comment', 'email_outgoing')
                       AND NOT COALESCE(m.is_internal, FALSE)
                       AND a.commercial_partner_id IS DISTINCT FROM f.partner_id
                   ) t
             WHERE o.state = 'sent' AND o.company_id = %(company)s
               AND (o.validity_date IS NULL OR o.validity_date >= %(today)s)
               AND NOT EXISTS (
                    SELECT FROM followup_chase c
                     WHERE c.order_id = o.id AND (%(stop)s))
               AND %(past)s < %(limit)s AND %(common)s
             ORDER BY o.id
            """,
            past=SQL(
                """(SELECT COUNT(*) FROM followup_chase c
                     WHERE c.order_id = o.id AND c.state = 'sent')"""
            ),
            company=company.id,
            today=today,
            stop=self._get_stop(rule, today),
            limit=rule.limit_count,
            common=self._get_common(rule, today),
        )

    @api.model
    def _select_sample(self, company, rule, today):
        """Samples that were sent and had no comment."""
        return SQL(
            """
            SELECT s.id, f.id, p.id, t.day, %(past)s
              FROM followup_product_sample s
              JOIN followup_customer f ON f.id = s.customer_id
              JOIN res_partner p ON p.id = COALESCE(s.sent_to_id, f.partner_id)
              CROSS JOIN LATERAL (
                    SELECT GREATEST(s.sent_on, MAX(c.sent_on)) AS day,
                           GREATEST(s.sent_on, MAX(c.sent_on))::timestamp AS moment
                      FROM followup_chase c
                     WHERE c.sample_id = s.id AND c.state = 'sent'
                   ) t
             WHERE s.state = 'sent' AND s.sent_on IS NOT NULL
               AND s.company_id = %(company)s
               AND btrim(COALESCE(s.comments, '')) = ''
               AND NOT EXISTS (
                    SELECT FROM followup_chase c
                     WHERE c.sample_id = s.id AND (%(stop)s))
               AND %(past)s < %(limit)s AND %(common)s
             ORDER BY s.id
            """,
            past=SQL(
                """(SELECT COUNT(*) FROM followup_chase c
                     WHERE c.sample_id = s.id AND c.state = 'sent')"""
            ),
            company=company.id,
            stop=self._get_stop(rule, today),
            limit=rule.limit_count,
            common=self._get_common(rule, today),
        )

    @api.model
    def _get_stop(self, rule, today):
        """A reminder ``c`` that keeps a thing from being proposed again now."""
        return SQL(
            """c.state = 'proposed' OR c.done_on > %s""",
            fields.Date.subtract(today, days=rule.interval_days),
        )

    @api.model
    def _get_common(self, rule, today):
        """What holds for all kinds: time, consent, and no word of the customer."""
        return SQL(
            """
            f.active AND f.chase_opt_out IS NOT TRUE
               AND t.day <= %(before)s
               AND p.email_normalized IS NOT NULL
               AND NOT EXISTS (
                    SELECT FROM mail_blacklist b
                     WHERE b.active AND b.email = p.email_normalized)
               AND NOT EXISTS (
                    SELECT FROM mail_message r
                      JOIN res_partner a ON a.id = r.author_id
                     WHERE a.commercial_partner_id = f.partner_id
                       AND r.message_type IN ('email', 'comment')
                       AND r.date > t.moment)
            """,
            before=fields.Date.subtract(today, days=rule.days),
        )

    @api.model
    def _withdraw(self, company):
        """What was answered, cancelled or opted out of is not proposed any more."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_chase c SET state = 'withdrawn', done_on = %(today)s
                  FROM followup_customer f, res_partner p
                 WHERE f.id = c.customer_id AND p.id = c.partner_id
                   AND c.state = 'proposed' AND c.company_id = %(company)s
                   AND (f.chase_opt_out IS TRUE OR NOT f.active
                    OR EXISTS (SELECT FROM mail_blacklist b
                                WHERE b.active AND b.email = p.email_normalized)
                    OR EXISTS (SELECT FROM sale_order o
                                WHERE o.id = c.order_id AND o.state <> 'sent')
                    OR EXISTS (SELECT FROM followup_product_sample s
                                WHERE s.id = c.sample_id AND s.state <> 'sent')
                    OR EXISTS (SELECT FROM mail_message m
                                 JOIN res_partner a ON a.id = m.author_id
                                WHERE a.commercial_partner_id = f.partner_id
                                  AND m.message_type IN ('email', 'comment')
                                  AND m.date > c.create_date))
                """,
                today=company_today(company),
                company=company.id,
            )
        )
        self.invalidate_model(["state", "done_on"])
