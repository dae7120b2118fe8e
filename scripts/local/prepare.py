"""Prepare this machine, step by step; each step can be repeated."""

from contextlib import contextmanager

from . import odoo_source, paths, postgres, system, venv
from .console import Steps, say

PREPARING_STEPS = 4


def is_ready(dev: bool = False) -> bool:
    """Return whether nothing has to be prepared."""
    packages = system.TEST_PACKAGES if dev else system.RUN_PACKAGES
    requirements = [venv.RUN, venv.DEV] if dev else [venv.RUN]
    return bool(
        not system.missing_packages(packages)
        and odoo_source.find()
        and venv.works()
        and all(venv.is_installed(path) for path in requirements)
    )


def prepare(dev: bool = False, more_steps: int = 0) -> Steps:
    """Prepare system packages, Odoo, and Python; quiet if all is there."""
    paths.LOCAL.mkdir(exist_ok=True)
    steps = Steps(PREPARING_STEPS + more_steps)
    if is_ready(dev):
        steps.number = PREPARING_STEPS
        return steps
    with steps.step("System packages") as note:
        packages = system.TEST_PACKAGES if dev else system.RUN_PACKAGES
        missing = system.missing_packages(packages)
        if missing:
            system.install_packages(missing)
        else:
            note("there already")
    with steps.step("Odoo 19"):
        odoo_source.get()
    with steps.step("Python packages"):
        venv.ensure(dev)
    with steps.step("PostgreSQL"), postgres.server():
        pass
    return steps


@contextmanager
def ready_server(dev: bool = False):
    """Prepare everything, then use the private PostgreSQL."""
    if not is_ready(dev):
        prepare(dev)
        say()
    with postgres.server():
        yield
