import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What a what-if means for the work: figures now and then, and the change. */
export class EffectField extends Component {
    static template = "followup_crm.EffectField";
    static props = { ...standardFieldProps };

    get lines() {
        return this.props.record.data[this.props.name] || [];
    }

    figure(value, line) {
        return formatFloat(value, { digits: [16, line.digits] });
    }

    change(line) {
        const difference = line.after - line.before;
        if (!difference) {
            return "–";
        }
        const sign = difference > 0 ? "+" : "−";
        return `${sign} ${this.figure(Math.abs(difference), line)}`;
    }
}

registry.category("fields").add("followup_effect", {
    component: EffectField,
    supportedTypes: ["json"],
});
