import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Panel } from "./panels.ts";
import { datasourceVariable, namespaceVariable } from "./variables.ts";

/** A heading with the panels below it. */
export interface Row {
  title: string;
  panels: readonly Panel[];
}

const tag = "serverless-data-platform";

/** Creates a Grafana board. `name` is its file name and its uid. Every board has variables for Prometheus and namespaces. */
export function board(options: {
  name: string;
  title: string;
  description: string;
  variables?: readonly Builder<VariableModel>[];
  rows: readonly Row[];
}): Dashboard {
  const builder = new DashboardBuilder(options.title)
    .uid(`sdp-${options.name}`)
    .description(options.description)
    .tags([tag])
    .timezone("browser")
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder("Boards")
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .keepTime(true)
        .includeVars(true),
    )
    .variables([datasourceVariable(), namespaceVariable(), ...(options.variables ?? [])]);
  let id = 0;
  for (const { title, panels } of options.rows) {
    builder.withRow(new RowBuilder(title).id(++id));
    for (const panel of panels) {
      panel.id(++id);
      builder.withPanel(panel);
    }
  }
  return builder.build();
}
