import type { DependencyView } from "../../src/console/live/view.ts";
import { CopyButton } from "../parts/copyable.tsx";
import { countedText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Loading } from "../parts/states.tsx";
import { useConnection, useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { findAdvice } from "./advice.ts";
import { GatewayPanel } from "./gateway-panel.tsx";
import { type HealthProblem, sortByUrgency, viewPath } from "./health-problems.ts";
import { useHealthProblems } from "./use-health-problems.ts";

/** The view `/ui/health`: the dependencies of the platform, the most urgent first. */
export function HealthView() {
  const health = useLive("health");
  const functionsDown = useHealthProblems().filter(({ dependency }) => dependency === undefined);
  return (
    <>
      <h1>Health</h1>
      <Summary />
      {functionsDown.length > 0 && (
        <Panel title="Functions and connectors that are down">
          <ul class="health-list">
            {functionsDown.map((problem) => (
              <FunctionRow key={problem.key} problem={problem} />
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="Dependencies">
        {health === undefined ? (
          <Loading />
        ) : (
          <ul class="health-list">
            {sortByUrgency(health).map((view) => (
              <DependencyRow key={view.name} view={view} />
            ))}
          </ul>
        )}
      </Panel>
      <GatewayPanel />
    </>
  );
}

/** A summary in one sentence. */
function Summary() {
  const connection = useConnection();
  const problems = useHealthProblems();
  const health = useLive("health");
  if (health === undefined) return null;
  if (connection !== "live") {
    return <p class="health-summary unknown">Unknown: the page has no connection to the gateway.</p>;
  }
  if (problems.length === 0) {
    const isChecking = health.some(({ state }) => state === "checking");
    return (
      <p class={`health-summary ${isChecking ? "checking" : "up"}`} role="status">
        {isChecking ? "Checking …" : "All configured parts are up."}
      </p>
    );
  }
  return (
    <p class="health-summary down" role="status">
      {countedText(problems.length, "part")} down: {problems.map(({ name }) => name).join(", ")}.
    </p>
  );
}

const words = { up: "up", down: "down", checking: "checking …", off: "not set", unknown: "unknown" } as const;

function DependencyRow({ view }: { view: DependencyView }) {
  const about = useLive("about");
  const { name, setting, kind, place, state, detail, lastUp } = view;
  const advice = findAdvice(view, about?.provider);
  return (
    <li>
      <div class="health-name">
        <h3>
          <a href={viewUrl(viewPath(view))}>{name}</a>
        </h3>
        <span class={`state ${state}`}>{words[state]}</span>
      </div>
      <div class="health-facts">
        {state === "off" ? (
          <p class="quiet">Not configured.</p>
        ) : (
          <p>
            {kind === "embedded" && "Embedded: "}
            {place}
            {detail !== "" && (
              <span class={state === "down" ? "bad" : "quiet"}> · {detail.replace(`${setting}: `, "")}</span>
            )}
            {state === "unknown" && <span class="quiet"> (last known)</span>}
          </p>
        )}
        {lastUp !== undefined && (
          <p class="quiet">
            It last answered <RelativeTime time={lastUp} />.
          </p>
        )}
        {advice && (
          <p class="health-advice">
            {advice.text}
            {advice.command && (
              <>
                {" "}
                <code>{advice.command}</code> <CopyButton text={advice.command} />
              </>
            )}
          </p>
        )}
      </div>
      <p class="health-setting">
        <span class="unseen">Setting: </span>
        <code>{setting}</code>
      </p>
    </li>
  );
}

function FunctionRow({ problem: { name, detail, path } }: { problem: HealthProblem }) {
  return (
    <li>
      <div class="health-name">
        <h3>
          <a href={viewUrl(path)}>{name}</a>
        </h3>
        <span class="state down">down</span>
      </div>
      <p class="health-facts">{detail}</p>
    </li>
  );
}
