import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { getCurrency } from "@web/core/currency";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const { DateTime } = luxon;

const NOTHING = { years: [], earlier: [], missing: 0 };

/**
 * Dealings of a customer: a small chart of this year against the last one, and a table
 * of months by years. Imported years stand by themselves. The data are asked for when
 * the page is opened.
 */
export class Dealings extends Component {
    static template = "followup_crm.Dealings";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ data: NOTHING });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                return this.load(next.record.resId);
            }
        });
    }

    async load(id) {
        const [row] = id ? await this.orm.read(this.props.record.resModel, [id], ["dealings"]) : [];
        this.state.data = row?.dealings || NOTHING;
    }

    get data() {
        return this.state.data;
    }

    get currency() {
        return getCurrency(this.data.currency_id)?.name || "";
    }

    get months() {
        return [...Array(12).keys()].map((index) => ({
            index,
            label: DateTime.local(2024, index + 1, 1).toFormat("LLL"),
        }));
    }

    /** The months of a table: none where whole years only are known. */
    monthsOf(rows) {
        const known = rows.some((row) => row.months.some((value) => value !== null));
        return known ? this.months : [];
    }

    /** This year and the one before, month by month, as parts of the highest month. */
    get bars() {
        const year = DateTime.fromISO(this.data.today).year;
        const find = (wanted) => this.data.years.find((y) => y.year === wanted)?.months || [];
        const [now, before] = [find(year), find(year - 1)];
        const highest = Math.max(...now, ...before, 0);
        const height = (value) => (highest ? Math.max(0, (100 * (value || 0)) / highest) : 0);
        return {
            year,
            shown: highest > 0,
            months: this.months.map((month) => ({
                ...month,
                now: height(now[month.index]),
                before: height(before[month.index]),
                title: `${month.label}: ${this.format(now[month.index])} / ${this.format(
                    before[month.index]
                )}`,
            })),
        };
    }

    format(value) {
        return value === null || value === undefined ? "" : formatFloat(value, { digits: [16, 0] });
    }
}

registry.category("view_widgets").add("followup_dealings", { component: Dealings });
