import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";

/** The Prometheus data source chosen on the board. */
export const datasource: DataSourceRef = { type: "prometheus", uid: "$datasource" };

/** A variable that chooses the Prometheus data source. */
export function datasourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus");
}

/**
 * A variable that chooses values of a label; "All" by default, which also matches series without the label.
 * @param query PromQL for series with the label
 */
function labelVariable(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query({ qryType: 1, query: `label_values(${query}, ${name})`, refId: name })
    .definition(`label_values(${query}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ selected: true, text: ["All"], value: ["$__all"] });
}

/** The namespace of the scraped pod. */
export const namespaceVariable = () => labelVariable("namespace", "Namespace", "up");

/** The name of a function. */
export const functionVariable = () =>
  labelVariable("function", "Function", 'function_call_duration_seconds_count{namespace=~"$namespace"}');
