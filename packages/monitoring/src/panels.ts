import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import * as common from "@grafana/grafana-foundation-sdk/common";
import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { datasource } from "./variables.ts";

/** A query of a panel, shown as a line or a number. */
export interface Query {
  expr: string;
  /** The name of the series: text with labels, such as `{{function}}`. */
  legend: string;
}

/** Options of all kinds of panels. */
export interface PanelOptions {
  /** The question that the panel answers. */
  title: string;
  /** Additional explanation of the title. */
  description?: string;
  /** Grafana's unit id. */
  unit: string;
  queries: readonly Query[];
  /** The width in columns, of 24. */
  width?: number;
}

/** A panel; the board sets its id and position. */
export type Panel = Builder<dashboard.Panel> & { id(id: number): unknown };

function targets(queries: readonly Query[], instant: boolean): DataqueryBuilder[] {
  return queries.map(({ expr, legend }, index) => {
    const query = new DataqueryBuilder()
      .datasource(datasource)
      .expr(expr)
      .legendFormat(legend)
      .refId(String.fromCharCode(65 + index));
    return instant ? query.instant().format(PromQueryFormat.Table) : query.range();
  });
}

/** Lines over time. */
export function lines({ title, description, unit, queries, width = 12 }: PanelOptions): Panel {
  const panel = new TimeseriesBuilder()
    .title(title)
    .datasource(datasource)
    .unit(unit)
    .min(0)
    .span(width)
    .height(8)
    .fillOpacity(10)
    .showPoints(common.VisibilityMode.Never)
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi))
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(["lastNotNull", "max"]),
    )
    .targets(targets(queries, false));
  return description === undefined ? panel : panel.description(description);
}

/** The latest value as a number: red at or above `badFrom`, or below `badBelow`; otherwise green. */
export function number(options: PanelOptions & { badFrom?: number; badBelow?: number }): Panel {
  const { title, description, unit, queries, width = 4, badFrom, badBelow } = options;
  const [good, bad] = ["green", "red"];
  const steps =
    badBelow === undefined
      ? [{ value: null, color: good }, ...(badFrom === undefined ? [] : [{ value: badFrom, color: bad }])]
      : [
          { value: null, color: bad },
          { value: badBelow, color: good },
        ];
  const panel = new StatBuilder()
    .title(title)
    .datasource(datasource)
    .unit(unit)
    .span(width)
    .height(4)
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.Area)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
    .thresholds(new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps(steps))
    .targets(targets(queries, false));
  return description === undefined ? panel : panel.description(description);
}

/** The latest values with their labels. */
export function table({ title, description, unit, queries, width = 12 }: PanelOptions): Panel {
  const panel = new TableBuilder()
    .title(title)
    .datasource(datasource)
    .unit(unit)
    .span(width)
    .height(8)
    .withTransformation({ id: "organize", options: { excludeByName: { Time: true, Value: true } } })
    .targets(targets(queries, true));
  return description === undefined ? panel : panel.description(description);
}
