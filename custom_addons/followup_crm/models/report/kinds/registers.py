"""The registers: model, columns (those behind ``|`` in workbooks only), and so on."""

SEES_ALL = (
    "followup_crm.group_manager",
    "followup_crm.group_user_all",
    "followup_crm.group_complaint_officer",
)
USERS = ("followup_crm.group_user",)


def of(model, names, date=None, sums="", customer="customer_id", **more):
    """Return what ``Register`` is made with."""
    return (model, names, date, sums, customer, more)


REGISTERS = {
    "register_customer": of(
        "followup.customer",
        "code name country_id city user_id tier_id last_contact_date last_order_date"
        " order_count sales_12m_amount sales_before_12m_amount | sheet_address phone"
        " email website vat ownership_type_id industry_id size_category"
        " file_payment_term_id file_credit_limit trading_history first_order_date"
        " average_order_amount order_interval_days response_type usual_method"
        " source_channel_id",
        sums="order_count sales_12m_amount sales_before_12m_amount",
        customer="",
        order="code, id",
    ),
    "register_value": of(
        "followup.value",
        "customer_id user_id activity churn_state turnover margin margin_rate balance"
        " overdue loyalty_band credit_band lifetime_value | tier_id turnover_before"
        " serve_cost net_margin visit_count contact_count complaint_count invoiced"
        " collected loyalty_score credit_score first_order_date last_order_date",
        sums="turnover turnover_before margin balance overdue serve_cost net_margin"
        " invoiced collected",
        order="turnover desc, id",
        percents="margin_rate",
    ),
    "register_sales": of(
        "followup.sales.fact",
        "date customer_id order_id move_id quantity amount margin | source",
        date="date",
        sums="amount margin quantity",
        order="date, id",
    ),
    "register_contact": of(
        "followup.interaction",
        "date customer_id user_id method purpose state result next_step next_date |"
        " kind done_date duration content contact_ids review_state",
        date="date",
        order="date, id",
        groups=USERS,
        domain=[("is_personal", "!=", True)],
    ),
    "register_plan": of(
        "followup.interaction.plan",
        "month user_id state planned_count done_count late_count missed_count"
        " extra_count done_rate | open_count left_out_count approver_id approved_on",
        date="month",
        sums="planned_count done_count late_count missed_count extra_count open_count",
        customer=None,
        order="month, user_id, id",
        groups=USERS,
    ),
    "register_need": of(
        "followup.need",
        "date customer_id name kind state user_id date_deadline answer | description"
        " product_id outcome",
        date="date",
        order="date, id",
    ),
    "register_order": of(
        "followup.order.tracking",
        "name client_order_ref customer_id user_id order_date delivery_date"
        " forecast_delivery_date risk days_late next_type_id next_date progress state"
        " | late_reason milestone_count done_count lc_number lc_latest_shipment"
        " lc_expiry",
        date="order_date",
        order="order_date, id",
    ),
    "register_shipment": of(
        "followup.shipment",
        "name customer_id client_references state mode container_numbers bl_number"
        " port_loading port_discharge etd atd eta ata delivered_on days_late | tier_id"
        " warning_level carrier_id vessel flight awb_number incoterm_id delivered_to"
        " package_count gross_weight volume lc_number lc_latest_shipment"
        " lc_presentation_date user_id",
        date="create_date",
        sums="package_count gross_weight volume",
        order="id",
    ),
    "register_product": of(
        "followup.product.tracking",
        "name customer_id product_id style_number order_id quantity date_wanted state"
        " specification_agreed_on sample_note inspection_note deviation_count"
        " open_problem_count | tier_id factory_id specification_agreed_by"
        " complaint_count packing pieces_per_carton user_id",
        date="create_date",
        sums="quantity deviation_count open_problem_count complaint_count",
        order="id",
    ),
    "register_inspection": of(
        "followup.product.inspection",
        "date kind tracking_id inspector lot_size sample_size critical_count"
        " major_count minor_count verdict result decided_on | report_number level"
        " aql_critical aql_major aql_minor packing_result remark concession"
        " decision_user_id",
        date="date",
        sums="lot_size critical_count major_count minor_count",
        order="date, id",
    ),
    "register_complaint": of(
        "followup.complaint",
        "name received_date customer_id subject severity category_id cause_id state"
        " user_id closed_date outcome remedy_cost | tier_id channel complainant_name"
        " complainant_company order_id product_id lot_id quantity wanted nature"
        " root_cause revisited_on revisit_result",
        date="received_date",
        sums="remedy_cost",
        order="received_date, id",
    ),
    "register_action": of(
        "followup.action",
        "name kind origin customer_id user_id department date_deadline state done_date"
        " verified_date | complaint_id product_id cause_id root_cause result"
        " verification effect_date effect_checked_on effect_note reopen_count",
        date="date_deadline",
        order="date_deadline, id",
    ),
    "register_satisfaction": of(
        "followup.satisfaction.response",
        "date customer_id partner_id tier_id round_id kind source index nps nps_group"
        " is_low comment | survey_id country_id user_id categ_id entered_by_id"
        " recovery_state",
        date="date",
        order="date, id",
    ),
    "register_round": of(
        "followup.satisfaction.round",
        "name survey_id started_on closed_on state sent_count answered_count"
        " response_rate index result_text | user_id date_end left_out_count",
        date="started_on",
        sums="sent_count answered_count",
        customer=None,
        order="started_on, id",
    ),
    "register_purchase_plan": of(
        "followup.purchase.plan",
        "customer_id name product_category_id date_from date_to date_decision quantity"
        " uom_id amount currency_id our_share | note",
        date="date_from",
        order="date_from, id",
    ),
    "register_loss": of(
        "followup.loss",
        "date customer_id kind competitor_id reason state regained_date yearly_amount |"
        " user_id tried outcome lesson",
        date="date",
        sums="yearly_amount",
        order="date, id",
    ),
}
