import { Figures } from "../parts/figures.tsx";
import { countedText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";

/** The gateway of this page. */
export function GatewayPanel() {
  const about = useLive("about");
  const functions = useLive("functions");
  if (about === undefined) return null;
  const { version, provider, isReadOnly } = about;
  const calls = functions?.reduce((sum, { invocations }) => sum + invocations, 0) ?? 0;
  return (
    <Panel title="This gateway">
      <Figures
        figures={[
          ["Runs on", provider],
          ["Version", version],
          ["Answered", countedText(calls, "call")],
          ["Changes by the console", isReadOnly ? "not allowed" : "allowed"],
        ]}
      />
      {isReadOnly && (
        <p class="quiet">
          The console is read-only because <code>UI_READ_ONLY</code> is true.
        </p>
      )}
      <p class="quiet health-programs">
        For programs: <a href={new URL("../readyz", location.origin + viewUrl([])).pathname}>/readyz</a>,{" "}
        <a href={new URL("../metrics", location.origin + viewUrl([])).pathname}>/metrics</a>
      </p>
    </Panel>
  );
}
