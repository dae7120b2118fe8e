"""Statements over all rows of large tables."""

from odoo.tools import SQL


def execute_bulk(env, query):
    """Execute a statement over all files: never loop through an index for each.

    PostgreSQL knows too little about unions of documents, or about tables that were
    just filled, to see by itself that this would take minutes.

    :return: the rows
    """
    env.cr.execute(SQL("""SET LOCAL enable_nestloop = off"""))
    rows = env.execute_query(query)
    env.cr.execute(SQL("""SET LOCAL enable_nestloop TO DEFAULT"""))
    return rows


def take_memory(env):
    """Keep a company's results in memory, until the end of the transaction."""
    env.cr.execute(SQL("""SET LOCAL work_mem = '64MB'"""))
