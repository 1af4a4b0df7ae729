import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import * as common from "@grafana/grafana-foundation-sdk/common";
import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { datasource } from "./variables.ts";

/** A line or a number of a panel. */
export interface Query {
  expr: string;
  /** Names it: text with labels, such as `{{function}}`. */
  legend: string;
}

/** What all kinds of panels have in common. */
export interface PanelOptions {
  /** The question that the panel answers. */
  title: string;
  /** How to read the answer, when the title does not say it. */
  description?: string;
  /** Grafana's name of the unit. */
  unit: string;
  queries: readonly Query[];
  /** The board's columns that it takes, of 24. */
  width?: number;
}

/** A panel of a board, which gives it its id and place. */
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

/** The latest value as a number: green, and red from `badFrom` on or, with `badBelow`, below that. */
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
