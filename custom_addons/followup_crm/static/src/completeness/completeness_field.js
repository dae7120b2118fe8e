import { Component } from "@odoo/owl";
import { formatDate, deserializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Completeness of a customer file: one bar per data group, what is missing, and the
 * date of the data. The value is the JSON that the server computes.
 */
export class CompletenessField extends Component {
    static template = "followup_crm.CompletenessField";
    static props = { ...standardFieldProps };

    get groups() {
        return this.props.record.data[this.props.name] || [];
    }

    barClass(group) {
        if (group.percent >= 80) {
            return "bg-success";
        }
        return group.percent >= 40 ? "bg-warning" : "bg-danger";
    }

    date(group) {
        return group.checked_on ? formatDate(deserializeDate(group.checked_on)) : "";
    }
}

registry.category("fields").add("followup_completeness", {
    component: CompletenessField,
    supportedTypes: ["json"],
});
