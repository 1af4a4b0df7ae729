import type { FunctionSummary } from "../../src/console/functions/view.ts";
import type { FunctionView } from "../../src/console/live/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countedText, countText, millisecondText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { baseUrl } from "../shell/base-url.ts";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { useExamples } from "./examples.ts";
import { BuildState, FunctionState } from "./function-state.tsx";
import { InvokeForm } from "./invoke-form.tsx";
import { SparkLine } from "./spark-line.tsx";

const pollMs = 5_000;
const openApiUrl = new URL("../openapi.json", baseUrl).href;
/** The function with a form in the list, if it is deployed. */
const invited = "sentiment";

/** A row of the list. */
interface Row extends FunctionView {
  summary: FunctionSummary | undefined;
}

/** The page `/ui/functions`: all functions, and a form to try one. */
export function FunctionList() {
  const functions = useLive("functions");
  const { data: summaries, error, reload } = useQuery<FunctionSummary[]>("functions", { intervalMs: pollMs });
  const rows = (functions ?? []).map((view) => ({
    ...view,
    summary: summaries?.find(({ name }) => name === view.name),
  }));
  return (
    <>
      <h1>Functions</h1>
      <p class="quiet">
        <a href={openApiUrl}>OpenAPI document</a> of the functions and of this gateway
      </p>
      {error !== undefined && <Failed error={error} retry={reload} />}
      {functions === undefined ? (
        error === undefined && <Loading />
      ) : rows.length === 0 ? (
        <Empty title="No functions are deployed.">
          <p>
            Deploy those of stack.yml with <code>npm run up</code>, or another with{" "}
            <code>faas-cli deploy</code>.
          </p>
        </Empty>
      ) : (
        <Panel title={countedText(rows.length, "function")} wide>
          <DataTable caption="Functions" rows={rows} rowKey={({ name }) => name} columns={columns} />
        </Panel>
      )}
      {rows.some(({ name }) => name === invited) && <Invitation />}
    </>
  );
}

const columns: readonly Column<Row>[] = [
  {
    head: "Function",
    cell: ({ name, description }) => (
      <div class="functions-name">
        <a href={viewUrl(["functions", name])}>{name}</a>
        {description !== "" && <p class="quiet">{description}</p>}
      </div>
    ),
  },
  {
    head: "State",
    cell: ({ replicas, build }) => (
      <>
        <FunctionState replicas={replicas} /> <BuildState build={build} />
      </>
    ),
  },
  {
    head: "Last hour",
    cell: ({ name, summary }) => {
      if (summary === undefined) return "–";
      const calls = summary.perMinute.reduce((sum, count) => sum + count, 0);
      return (
        <span class="functions-hour">
          <SparkLine
            counts={summary.perMinute}
            label={`${countedText(calls, "call")} of ${name} in the last hour, by minute`}
          />
          <span class="number">{countText(calls)}</span>
        </span>
      );
    },
  },
  {
    head: "Failed",
    cell: ({ summary }) =>
      summary === undefined ? (
        "–"
      ) : (
        <span class={summary.failed > 0 ? "bad" : ""}>{countText(summary.failed)}</span>
      ),
    isNumber: true,
  },
  {
    head: "Median",
    isMinor: true,
    cell: ({ latest }) => (latest ? millisecondText(latest.p50) : "–"),
    isNumber: true,
  },
  {
    head: "p95",
    isMinor: true,
    cell: ({ latest }) => (latest ? millisecondText(latest.p95) : "–"),
    isNumber: true,
  },
  { head: "All calls", isMinor: true, cell: ({ invocations }) => countText(invocations), isNumber: true },
  {
    head: "Last call",
    cell: ({ summary }) => (summary?.lastCallAt ? <RelativeTime time={summary.lastCallAt} /> : "–"),
    isNumber: true,
  },
];

function Invitation() {
  const examples = useExamples({ name: invited, examples: null });
  return (
    <Panel title={`Try ${invited}: score a text`} wide>
      {examples === undefined ? <Loading /> : <InvokeForm name={invited} examples={examples} />}
    </Panel>
  );
}
