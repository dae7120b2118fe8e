"""Pictures of key accounts, prospects, requests and reports."""

from .camera import HERO, MANAGER, PHONE, scene

ACCOUNT = [["customer_id.name", "ilike", HERO], ["state", "=", "current"]]


@scene("account-review", height=1250)
def account_review(camera):
    """The review of a key account."""
    found = camera.find("followup.account", ACCOUNT)
    camera.go(f"action-followup_crm.account_action/{found}", ".o_followup_review")


@scene("phone-account", PHONE)
def phone_account(camera):
    account_review(camera)


@scene("account-check")
def account_check(camera):
    camera.go("action-followup_crm.account_check_action", ".o_data_row")


@scene("prospects")
def prospects(camera):
    camera.go("action-followup_crm.crm_lead_action", ".o_kanban_record")


@scene("prospects-alike", login=MANAGER)
def prospects_alike(camera):
    camera.go("action-followup_crm.crm_lead_action_like", ".o_data_row")


@scene("requests")
def requests(camera):
    camera.go("action-followup_crm.request_action", ".o_data_row")


@scene("reminders")
def reminders(camera):
    camera.go("action-followup_crm.chase_action", ".o_data_row")


@scene("reports", login=MANAGER)
def reports(camera):
    camera.go("action-followup_crm.report_action", ".o_kanban_record")
