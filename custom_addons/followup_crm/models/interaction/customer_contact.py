from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# How far the watermark is set back: rows of long transactions appear late.
OVERLAP = timedelta(hours=2)


class Customer(models.Model):
    """What counts as a real contact, found by one statement over all files (F8).

    A done contact with content, a message to or from the customer or its people, a
    meeting held with them, an order, a delivery note that they signed. Notes among us
    do not count, nor does what has no content.
    """

    _inherit = "followup.customer"

    # === CRON === #

    @api.model
    def _cron_note_contacts(self):
        """Every half hour: contacts since the watermark, less an overlap."""
        companies = self.env["res.company"].search(Domain.TRUE)
        since = min(
            (c.fcrm_contact_watermark for c in companies if c.fcrm_contact_watermark),
            default=None,
        )
        now = fields.Datetime.now()
        self._refresh_last_contact(since=since and since - OVERLAP)
        self._set_contact_watermark(now)

    def _set_contact_watermark(self, now):
        # Without the ORM, which would empty every cache that a company's write empties.
        self.env.cr.execute(
            SQL("""UPDATE res_company SET fcrm_contact_watermark = %s""", now)
        )
        self.env["res.company"].invalidate_model(["fcrm_contact_watermark"])

    # === BUSINESS === #

    def _refresh_last_contact(self, since=None):
        """Bring the last contact of files up to date: of these, of all if empty.

        One statement that writes differences only. The next contact follows.

        :param since: look at what was written since then only (UTC); such a look finds
            later contacts, but not that one is gone
        """
        self.env.flush_all()
        day = SQL("""MAX(s.day)""")
        changes = SQL("""f.last_contact_date IS DISTINCT FROM c.day""")
        if since:
            changes = SQL("""(f.last_contact_date IS NULL
                              OR f.last_contact_date < c.day)""")
        changed = self.env.execute_query(
            SQL(
                """
                WITH file AS MATERIALIZED (%(files)s
                ), people AS (
                    SELECT p.id, f.id AS customer_id, f.company_id, f.tz
                      FROM file f
                      JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                ), seen AS (%(sources)s
                ), contact AS (
                    SELECT f.id, %(day)s AS day
                      FROM file f
                      LEFT JOIN seen s ON s.customer_id = f.id
                     GROUP BY f.id
                )
                UPDATE followup_customer f
                   SET last_contact_date = c.day
                  FROM contact c
                 WHERE c.id = f.id AND %(changes)s
                RETURNING f.id
                """,
                files=self._get_contact_files(),
                sources=SQL(""" UNION ALL """).join(self._get_contact_sources(since)),
                day=day,
                changes=changes,
            )
        )
        records = self.browse(row[0] for row in changed)
        records.invalidate_recordset(["last_contact_date"], flush=False)
        if not since:
            self._refresh_next_contact()
        elif records:
            records._refresh_next_contact()

    def _get_contact_files(self):
        """The files that are looked at: id, partner_id, company_id, tz."""
        only = SQL("""f.id = ANY(%s)""", self.ids) if self else SQL("""TRUE""")
        return SQL(
            """
            SELECT f.id, f.partner_id, f.company_id, f.last_order_date,
                   COALESCE(p.tz, 'UTC') AS tz
              FROM followup_customer f
              JOIN res_company c ON c.id = f.company_id
              JOIN res_partner p ON p.id = c.partner_id
             WHERE %s
            """,
            only,
        )

    def _get_contact_sources(self, since=None):
        """Selects of customer_id, day: one per kind of real contact.

        They read ``file`` (id, partner_id, company_id, last_order_date, tz) and
        ``people`` (id of a partner, customer_id, company_id, tz); extended by rooms.
        """
        since = fields.Datetime.to_datetime(since or "1900-01-01")
        return [
            self._get_interaction_source(since),
            self._get_message_source(since),
            self._get_meeting_source(since),
            self._get_order_source(since),
            self._get_signature_source(since),
        ]

    def _get_interaction_source(self, since):
        """Done contacts with content."""
        return SQL(
            """
            SELECT i.customer_id, i.done_date AS day
              FROM followup_interaction i
              JOIN file f ON f.id = i.customer_id
             WHERE i.state = 'done' AND btrim(COALESCE(i.content, '')) <> ''
               AND i.write_date >= %s
            """,
            since,
        )

    def _get_message_source(self, since):
        """E-mails and messages that the customer wrote, or that we wrote to it.

        A message without text and attachment is none, nor is one that was not
        delivered, a note among us, or what the system reports.
        """
        return SQL(
            """
            SELECT x.customer_id,
                   (timezone(x.tz, timezone('UTC', m.date)))::date AS day
              FROM (SELECT m.id, m.author_id AS partner_id
                      FROM mail_message m
                     WHERE m.create_date >= %(since)s AND m.author_id IS NOT NULL
                       AND m.message_type IN ('email', 'comment')
                     UNION ALL
                    SELECT m.id, p.id
                      FROM mail_message m
                      JOIN res_partner p ON m.model = 'res.partner' AND p.id = m.res_id
                     WHERE m.create_date >= %(since)s AND m.author_id IS NULL
                       AND m.message_type = 'email'
                     UNION ALL
                    SELECT m.id, n.res_partner_id
                      FROM mail_message m
                      JOIN mail_notification n ON n.mail_message_id = m.id
                     WHERE m.create_date >= %(since)s
                       AND m.message_type IN ('email', 'comment', 'email_outgoing')
                       AND COALESCE(n.notification_status, '')
                           NOT IN ('bounce', 'exception', 'canceled')
                     UNION ALL
                    SELECT m.id, r.res_partner_id
                      FROM mail_message m
                      JOIN mail_message_res_partner_rel r ON r.mail_message_id = m.id
                     WHERE m.create_date >= %(since)s AND m.message_type = 'email'
                   ) e
              JOIN mail_message m ON m.id = e.id
              JOIN people x ON x.id = e.partner_id
             WHERE NOT COALESCE(m.is_internal, FALSE)
               AND COALESCE(m.record_company_id, x.company_id) = x.company_id
               AND (replace(m.body, '&nbsp;', '') ~ '(^|>)[^<]*[^<>[:space:]]'
                    OR EXISTS (SELECT FROM message_attachment_rel a
                                WHERE a.message_id = m.id))
            """,
            since=since,
        )

    def _get_meeting_source(self, since):
        """Meetings that are over, with people of the customer, of a user of the
        company. Those of our contacts count by what was reported."""
        return SQL(
            """
            SELECT x.customer_id,
                   (timezone(x.tz, timezone('UTC', e.start)))::date AS day
              FROM calendar_event e
              JOIN calendar_attendee a ON a.event_id = e.id
              JOIN people x ON x.id = a.partner_id
             WHERE e.active AND e.stop <= %(now)s
               AND GREATEST(e.write_date, e.stop) >= %(since)s
               AND COALESCE(a.state, '') <> 'declined'
               AND EXISTS (SELECT FROM res_company_users_rel r
                            WHERE r.user_id = e.user_id AND r.cid = x.company_id)
               AND NOT EXISTS (SELECT FROM followup_interaction i
                                WHERE i.event_id = e.id)
            """,
            now=fields.Datetime.now(),
            since=since,
        )

    def _get_order_source(self, since):
        """Confirmed orders of the customer or its people."""
        return SQL(
            """
            SELECT f.id AS customer_id, f.last_order_date AS day FROM file f
             UNION ALL
            SELECT x.customer_id,
                   (timezone(x.tz, timezone('UTC', o.date_order)))::date
              FROM sale_order o
              JOIN people x ON x.id = o.partner_id AND x.company_id = o.company_id
             WHERE o.state = 'sale' AND o.write_date >= %s
            """,
            since,
        )

    def _get_signature_source(self, since):
        """Delivery notes that were signed."""
        return SQL(
            """
            SELECT x.customer_id,
                   (timezone(x.tz, timezone('UTC', a.create_date)))::date AS day
              FROM ir_attachment a
              JOIN stock_picking k ON k.id = a.res_id
              JOIN stock_picking_type t ON t.id = k.picking_type_id
                   AND t.code = 'outgoing'
              JOIN people x ON x.id = k.partner_id AND x.company_id = k.company_id
             WHERE a.res_model = 'stock.picking' AND a.res_field = 'signature'
               AND a.create_date >= %s
            """,
            since,
        )
