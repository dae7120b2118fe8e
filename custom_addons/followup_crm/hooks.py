"""What happens when the addon is installed on, or removed from, a database."""


def post_init_hook(env):
    """Make the customer files of a living database: one set-based statement a batch."""
    env["followup.customer"]._create_missing_files()


def uninstall_hook(env):
    """Remove the sequences that number the customer files; they have no XML id."""
    # Elevated: nobody needs a right to uninstall but the installer's.
    env["ir.sequence"].sudo().search([("code", "=", "followup.customer")]).unlink()
