"""Pictures of orders, shipments and products."""

from .camera import PHONE, scene

LATE = [["state", "=", "open"], ["risk", "=", "late"]]


@scene("order-board")
def order_board(camera):
    camera.go("order-tracking", ".o_kanban_record")


@scene("order-late")
def order_late(camera):
    camera.go("action-followup_crm.order_tracking_action_late", ".o_data_row")


@scene("order-tracking", height=1000)
def order_tracking(camera):
    """A late order with its milestones."""
    found = camera.find("followup.order.tracking", LATE)
    camera.go(f"order-tracking/{found}", ".o_form_renderer")


@scene("phone-order", PHONE)
def phone_order(camera):
    order_tracking(camera)


@scene("shipment", height=1000)
def shipment(camera):
    """A shipment at sea with its documents."""
    under_way = [["state", "=", "under_way"], ["mode", "=", "sea"]]
    found = camera.find("followup.shipment", under_way)
    camera.go(f"shipments/{found}", ".o_form_renderer")


@scene("inspection")
def inspection(camera):
    """An inspection by the table."""
    found = camera.find("followup.product.inspection", [["kind", "=", "final"]])
    camera.go(
        f"action-followup_crm.product_inspection_action/{found}", ".o_form_renderer"
    )
