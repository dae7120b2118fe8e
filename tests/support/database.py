"""Databases for tests, and what an installation's log must not hold."""

from local.odoo_tests import LogReader
from local.scratch import Database, Factory, OdooError, Server

__all__ = ["Database", "Factory", "OdooError", "Server", "complaints"]


def complaints(log: str) -> list[str]:
    """Return the lines of an installation's log that must not be there."""
    return LogReader().read(log).complaints
