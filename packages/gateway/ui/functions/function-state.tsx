import type { BuildView, FunctionView } from "../../src/console/live/view.ts";
import { timeText } from "../parts/format.ts";
import { useConnection } from "../shell/live-events.ts";

/** Whether a function is up; unknown while the gateway does not answer. */
export function FunctionState({ replicas }: { replicas: FunctionView["replicas"] }) {
  const isKnown = useConnection() !== "lost";
  const { wanted, available } = replicas;
  if (!isKnown) return <span class="state unknown">unknown</span>;
  if (available > 0)
    return (
      <span class="state up">
        up, {available} of {wanted}
      </span>
    );
  if (wanted > 0) return <span class="state down">not up, 0 of {wanted}</span>;
  return <span class="state off">at zero; a call starts it</span>;
}

/** The latest build of a function by `npm run dev`: an error, or the time of the reload. */
export function BuildState({ build }: { build: BuildView | null }) {
  const reloaded = build?.reloadedAt ? `reloaded at ${timeText(build.reloadedAt)}` : "";
  return (
    <span class={`build ${build?.problem ? "bad" : "quiet"}`} role="status">
      {build?.problem || reloaded}
    </span>
  );
}
