"""``scripts/odoo …``: Odoo's own command line."""

from . import odoo, prepare
from .console import main


def run(words) -> int:
    with prepare.ready_server():
        return odoo.call(words)


if __name__ == "__main__":
    main(run)
