"""R6: The examples of the guide, run as they stand, with the answers they show."""

import pytest

from tests.support import (
    database,
    guide_examples,
    guide_names,
    guide_world,
    source,
)

PAGE = source.ROOT / "docs" / "en" / "api.md"


@pytest.fixture(scope="module")
def runner(make_database, plain_database):
    made = make_database.copy_of(plain_database, "guide")
    made.shell(guide_world.PREPARE)
    with database.Server(made) as running:
        users = guide_world.clients(running)
        yield guide_examples.Runner(users, guide_world.known(users))


def test_examples_of_the_guide(runner):
    """R6: Every register is reached as the guide says, and refuses what it says."""
    found = guide_examples.examples(PAGE)
    assert len(found) > 50
    for example in found:
        runner.run(example)


def test_names_that_stay(plain_database):
    """R6: Models, methods and fields are called what the guide says."""
    promised = guide_names.promised(PAGE)
    assert set(guide_names.OWNED) <= set(promised)
    missing = plain_database.shell(
        f"""
        from odoo.service.model import get_public_method
        missing = []
        for name, (methods, fields) in {promised!r}.items():
            if name not in env:
                missing.append(name)
                continue
            missing += [f"{{name}}.{{one}}" for one in fields
                        if one not in env[name]._fields]
            for method in methods:
                try:
                    get_public_method(env[name], method)
                except Exception:
                    missing.append(f"{{name}}.{{method}}()")
        return missing
        """
    )
    assert missing == []
