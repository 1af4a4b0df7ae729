import type { FunctionDetail } from "../../src/console/functions/view.ts";
import type { FunctionView } from "../../src/console/live/view.ts";
import { Figures } from "../parts/figures.tsx";
import { countText, millisecondText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { useLive } from "../shell/live-events.ts";
import { setQuery, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { AsyncPanel } from "./async-panel.tsx";
import { CallsPanel } from "./calls-panel.tsx";
import { DefinitionPanels } from "./definition-panels.tsx";
import { useExamples } from "./examples.ts";
import { BuildState, FunctionState } from "./function-state.tsx";
import { InvokeForm } from "./invoke-form.tsx";
import { LogPanel } from "./log-panel.tsx";
import { ScaleControl } from "./scale-control.tsx";

const pollMs = 2_000;

/** The tabs of the page, by the value of the query parameter `tab`. */
const tabs: readonly (readonly [tab: string, title: string])[] = [
  ["", "Invoke"],
  ["calls", "Calls"],
  ["async", "Async"],
  ["log", "Log"],
  ["definition", "Definition"],
];

/** The page `/ui/functions/NAME`. */
export function FunctionPage({ name, query }: { name: string; query: URLSearchParams }) {
  const {
    data: detail,
    error,
    reload,
  } = useQuery<FunctionDetail>(`functions/${encodeURIComponent(name)}`, {
    intervalMs: pollMs,
  });
  const list = <a href={viewUrl(["functions"])}>All functions</a>;
  if (error?.status === 404)
    return (
      <>
        <h1>{name}</h1>
        <Empty title={error.message}>{list}</Empty>
      </>
    );
  return (
    <>
      <p class="crumbs">{list}</p>
      <h1>{name}</h1>
      {error !== undefined && <Failed error={error} retry={reload} />}
      {detail === undefined ? (
        error === undefined && <Loading />
      ) : (
        <Detail detail={detail} query={query} reload={reload} />
      )}
    </>
  );
}

function Detail({
  detail,
  query,
  reload,
}: {
  detail: FunctionDetail;
  query: URLSearchParams;
  reload: () => void;
}) {
  const { name, description, refusal } = detail;
  const tab = query.get("tab") ?? "";
  const live = useLive("functions")?.find((view) => view.name === name);
  return (
    <>
      {description !== "" && <p class="quiet">{description}</p>}
      <Head detail={detail} live={live} reload={reload} />
      {refusal !== "" && (
        <p class="functions-refusal bad" role="alert">
          {refusal}
        </p>
      )}
      <Tabs
        label={`Parts of ${name}`}
        tabs={tabs.map(([value, title]) => ({
          title,
          href: viewUrl(["functions", name], { tab: value }),
          isCurrent: value === tab,
        }))}
      />
      <Tab tab={tab} detail={detail} query={query} />
    </>
  );
}

function Head({
  detail,
  live,
  reload,
}: {
  detail: FunctionDetail;
  live: FunctionView | undefined;
  reload: () => void;
}) {
  const { replicas, invocations, inFlight, wakeUps } = detail;
  const latest = live?.latest ?? null;
  return (
    <section class="panel functions-head" aria-label="State">
      <Figures
        figures={[
          ["State", <FunctionState replicas={live?.replicas ?? replicas} />],
          ["Calls", countText(live?.invocations ?? invocations)],
          ["In flight", countText(inFlight)],
          ["Median", latest === null ? "–" : millisecondText(latest.p50)],
          ["p95", latest === null ? "–" : millisecondText(latest.p95)],
          ["Failed", latest === null ? "–" : `${countText(latest.failed)} of ${countText(latest.calls)}`],
          ...(wakeUps === null ? [] : ([["Wake-ups", countText(wakeUps)]] as const)),
        ]}
      />
      <BuildState build={live?.build ?? detail.build} />
      <ScaleControl detail={detail} scaled={reload} />
    </section>
  );
}

function Tab({ tab, detail, query }: { tab: string; detail: FunctionDetail; query: URLSearchParams }) {
  const { name } = detail;
  switch (tab) {
    case "":
      return <InvokePanel detail={detail} chosen={query.get("example") ?? undefined} />;
    case "calls":
      return <CallsPanel name={name} query={query} />;
    case "async":
      return <AsyncPanel name={name} query={query} />;
    case "log":
      return <LogPanel key={name} name={name} filter={query.get("filter") ?? ""} />;
    case "definition":
      return <DefinitionPanels detail={detail} />;
    default:
      return <Empty title={`There is no part "${tab}" of this page.`} />;
  }
}

function InvokePanel({ detail, chosen }: { detail: FunctionDetail; chosen: string | undefined }) {
  const { name, examplesProblem } = detail;
  const examples = useExamples(detail);
  return (
    <Panel title="Invoke" wide>
      {examplesProblem !== "" && <p class="warn">{examplesProblem}</p>}
      {examples === undefined ? (
        <Loading />
      ) : (
        <InvokeForm
          key={name}
          name={name}
          examples={examples}
          chosen={chosen}
          onChoose={(example) => setQuery({ example })}
        />
      )}
    </Panel>
  );
}
