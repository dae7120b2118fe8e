import hashlib
import hmac
from datetime import timedelta
from ipaddress import ip_address, ip_network

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_HOURS = 24


class ComplaintPost(models.Model):
    """A message that somebody sent by the public form or the portal, for the limit.

    The source is a digest: it tells messages apart, not people.
    """

    _name = "followup.complaint.post"
    _description = "Message counted for the limit"
    _order = "id"
    _log_access = False

    source = fields.Char(required=True)
    moment = fields.Datetime(required=True)
    once = fields.Char(string="Key of the form")

    # Query: how many came from a source in the last minute.
    _source_moment = models.Index("(source, moment)")
    # Query: was this form sent already? Pressing twice sends once.
    _once_unique = models.UniqueIndex("(once) WHERE once IS NOT NULL")
    # Query: those that need not be kept any longer.
    _moment = models.Index("(moment)")

    @api.model
    def _digest(self, address):
        """What stands for a source: an address, of IPv6 the network behind it."""
        try:
            parsed = ip_address(address or "")
            if parsed.version == 6:
                address = str(ip_network(f"{parsed}/64", strict=False))
        except ValueError:
            address = address or ""
        # Elevated: the secret of this database keeps addresses from being guessed.
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hmac.new(
            (secret or "").encode(), address.encode(), hashlib.sha256
        ).hexdigest()

    @api.model
    def _take(self, address, limit):
        """Count one more message of a source; False where it has sent too many.

        A refused one is not counted, so that a flood costs no rows, and the minute
        that one has to wait begins with the first of those that were let in.
        """
        # Elevated: only this method reads and writes the count.
        posts = self.sudo()
        source = self._digest(address)
        now = fields.Datetime.now()
        since = now - timedelta(minutes=1)
        recent = posts.search_count(
            [("source", "=", source), ("moment", ">", since)], limit=limit
        )
        if recent >= limit:
            return False
        posts.create({"source": source, "moment": now})
        return True

    @api.model
    def _claim_once(self, once):
        """Whether a form with this key is sent for the first time.

        The same form at the same moment waits for the other, and is then tried again
        by Odoo after a serialization failure.
        """
        if not once:
            return True
        # The ORM cannot say ON CONFLICT.
        return bool(
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO followup_complaint_post (source, moment, once)
                    VALUES (%(source)s, %(now)s, %(once)s)
                    ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING
                    RETURNING id
                    """,
                    source="once",
                    now=fields.Datetime.now(),
                    once=self._digest(once),
                )
            )
        )

    @api.autovacuum
    def _gc_posts(self):
        """Forget yesterday's messages."""
        before = fields.Datetime.now() - timedelta(hours=KEPT_HOURS)
        # Elevated: it is nobody's record.
        self.sudo().search([("moment", "<", before)], limit=10_000).unlink()
