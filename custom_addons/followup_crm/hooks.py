"""What happens when the addon is installed on, or removed from, a database."""

from contextlib import contextmanager

from odoo.tools import SQL


def post_init_hook(env):
    """Make the customer files of a living database: one set-based statement a batch.

    Their classes follow within a minute, by the nightly action.
    """
    with _filled_at_once(env, "followup_customer"):
        env["followup.customer"]._create_missing_files()
    env["followup.tier.scheme"]._make_for_companies()
    env["followup.pool.rule"]._make_for_companies()
    env["followup.complaint.channel"]._make_for_companies()
    env["followup.request.channel"]._make_for_companies()
    env.ref("followup_crm.tier_cron_compute")._trigger()
    env.ref("followup_crm.clash_cron_refresh")._trigger()


@contextmanager
def _filled_at_once(env, table):
    """Fill a new table: its plain indexes are made afterwards, which takes a third.

    PostgreSQL then learns what the table holds; without that its plans for a first
    night of many customers take minutes.
    """
    indexes = env.execute_query(
        SQL(
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
              FROM pg_index i
             WHERE i.indrelid = %s::regclass AND NOT i.indisunique
            """,
            table,
        )
    )
    for name, _definition in indexes:
        env.cr.execute(SQL("""DROP INDEX %s""", SQL.identifier(name)))
    yield
    for _name, definition in indexes:
        # The definition is PostgreSQL's own text; no value is in it.
        env.cr.execute(definition)
    env.cr.execute(SQL("""ANALYZE %s""", SQL.identifier(table)))


def uninstall_hook(env):
    """Remove the sequences that number our records; they have no XML id."""
    codes = ("followup.customer", "followup.complaint", "followup.request")
    # Elevated: nobody needs a right to uninstall but the installer's.
    env["ir.sequence"].sudo().search([("code", "in", codes)]).unlink()
