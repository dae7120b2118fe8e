"""Pictures of the dashboard, the value of customers and their satisfaction."""

from .camera import MANAGER, OFFICER, PHONE, scene


@scene("dashboard", height=1250, login=MANAGER)
def dashboard(camera):
    camera.go("dashboard-follow-up", ".o_followup_dashboard_page")


@scene("dashboard-complaints", height=900, login=OFFICER)
def dashboard_complaints(camera):
    camera.go("dashboard-follow-up", ".o_followup_dashboard_page")


@scene("phone-dashboard", PHONE)
def phone_dashboard(camera):
    camera.go("dashboard-follow-up", ".o_followup_dashboard_page")


@scene("questions", login=MANAGER)
def questions(camera):
    camera.go("action-followup_crm.value_comparison_action_largest", ".o_data_row")


@scene("at-risk")
def at_risk(camera):
    camera.go("action-followup_crm.value_action_risk", ".o_data_row")


@scene("form-value", height=1000)
def form_value(camera):
    camera.open_file("value")


@scene("satisfaction-round", height=1000, login=MANAGER)
def satisfaction_round(camera):
    found = camera.find("followup.satisfaction.round", [["state", "=", "closed"]])
    camera.go(
        f"action-followup_crm.satisfaction_round_action/{found}", ".o_form_renderer"
    )


@scene("satisfaction-table", login=MANAGER)
def satisfaction_table(camera):
    camera.go("action-followup_crm.satisfaction_statistic_action", ".o_content")
