import { registry } from "@web/core/registry";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { pivotView } from "@web/views/pivot/pivot_view";

const AMOUNT = "amount";
const SHARE = "share";

/**
 * A pivot table whose measure "share" is the part of the turnover of its column, however
 * deep its rows are opened: the mix of what a class or a country buys adds up to 100 %.
 */
export class SharePivotModel extends PivotModel {
    /** The share needs the turnover, also where that is not shown. */
    _getMeasureSpecs(config) {
        const specs = super._getMeasureSpecs(config);
        const wanted = config.metaData.activeMeasures;
        if (!wanted.includes(SHARE) || wanted.includes(AMOUNT)) {
            return specs;
        }
        const metaData = { ...config.metaData, activeMeasures: [AMOUNT] };
        return [...specs, ...super._getMeasureSpecs({ ...config, metaData })];
    }

    _getCellValue(groupId, measure, config) {
        if (measure !== SHARE) {
            return super._getCellValue(groupId, measure, config);
        }
        const amount = super._getCellValue(groupId, AMOUNT, config);
        const total = super._getCellValue([[], groupId[1]], AMOUNT, config);
        return amount === undefined || !total ? undefined : amount / total;
    }
}

registry.category("views").add("followup_share_pivot", {
    ...pivotView,
    Model: SharePivotModel,
});
