"""Fixtures: databases from the templates, Odoo on them, and a server."""

import pytest
from local import postgres

from tests.support import database


@pytest.fixture(scope="session")
def private_postgres():
    """The private PostgreSQL, for as long as the tests run."""
    with postgres.server():
        yield


@pytest.fixture(scope="session")
def make_database(private_postgres):
    """Return a function that makes a database; all are dropped in the end."""
    with database.Factory() as factory:
        yield factory


@pytest.fixture(scope="session")
def demo_database(make_database):
    """A database with the module, demonstration data, English and Chinese."""
    made = make_database.copy("demo", demo=True)
    made.install()
    return made


@pytest.fixture(scope="session")
def plain_database(make_database):
    """A database with the module and without demonstration data."""
    made = make_database.copy("plain")
    made.install()
    return made


@pytest.fixture(scope="session")
def server(demo_database):
    """A running server on the demo database; ``server.url`` is its address."""
    with database.Server(demo_database) as running:
        yield running
