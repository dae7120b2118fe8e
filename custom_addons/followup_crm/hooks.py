"""What happens when the addon is installed on, or removed from, a database."""


def post_init_hook(env):
    """Make the customer files of a living database: one set-based statement a batch.

    Their classes follow within a minute, by the nightly action.
    """
    env["followup.customer"]._create_missing_files()
    env["followup.tier.scheme"]._make_for_companies()
    env["followup.complaint.channel"]._make_for_companies()
    env.ref("followup_crm.tier_cron_compute")._trigger()


def uninstall_hook(env):
    """Remove the sequences that number our records; they have no XML id."""
    codes = ("followup.customer", "followup.complaint")
    # Elevated: nobody needs a right to uninstall but the installer's.
    env["ir.sequence"].sudo().search([("code", "in", codes)]).unlink()
