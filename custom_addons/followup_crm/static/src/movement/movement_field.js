import { Component } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Movement matrix: former classes as rows, new ones as columns. The value is the JSON
 * that the server computes; a press on a figure opens its customers by the record's own
 * method `action_open_cell`.
 */
export class MovementField extends Component {
    static template = "followup_crm.MovementField";
    static props = { ...standardFieldProps, planned: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get matrix() {
        return this.props.record.data[this.props.name] || false;
    }

    get summary() {
        const { moved, customers } = this.matrix;
        return this.props.planned
            ? _t("%(moved)s of %(customers)s customers would change class.", { moved, customers })
            : _t("%(moved)s of %(customers)s customers changed class.", { moved, customers });
    }

    measure(value) {
        const currency = this.matrix.currency_id;
        return currency
            ? formatCurrency(value, currency, { digits: [16, 0] })
            : formatFloat(value, { digits: [16, 0] });
    }

    cellClass(cell) {
        if (!cell.customers) {
            return "text-muted";
        }
        return {
            up: "o_followup_cell_up",
            down: "o_followup_cell_down",
            same: "o_followup_cell_same",
            other: "",
        }[cell.direction];
    }

    async openCell(cell) {
        const record = this.props.record;
        if ((await record.isDirty()) || !record.resId) {
            await record.save();
        }
        const action = await this.orm.call(record.resModel, "action_open_cell", [
            [record.resId],
            cell.from,
            cell.to,
        ]);
        this.action.doAction(action);
    }
}

registry.category("fields").add("followup_movement", {
    component: MovementField,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ planned: Boolean(options.planned) }),
});
