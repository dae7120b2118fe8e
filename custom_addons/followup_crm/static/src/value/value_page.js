import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const WIDTH = 90;
const HEIGHT = 24;

/**
 * The value of a customer: each figure with its trend and the sentence that explains
 * it. The rows come ready to read, and are asked for when the page is opened.
 */
export class ValuePage extends Component {
    static template = "followup_crm.ValuePage";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ rows: [], isLoaded: false });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                return this.load(next.record.resId);
            }
        });
    }

    async load(id) {
        const [row] = id
            ? await this.orm.read(this.props.record.resModel, [id], ["value_page"])
            : [];
        this.state.rows = row?.value_page || [];
        this.state.isLoaded = true;
    }

    /** The points of a line from the oldest month to the newest, as SVG takes them. */
    line(row) {
        const low = Math.min(...row.trend);
        const span = Math.max(...row.trend) - low || 1;
        const step = WIDTH / (row.trend.length - 1 || 1);
        return row.trend
            .map((value, index) => {
                const y = HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
                return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    period(row) {
        return `${row.months[0]} – ${row.months[row.months.length - 1]}`;
    }
}

registry.category("view_widgets").add("followup_value", { component: ValuePage });
