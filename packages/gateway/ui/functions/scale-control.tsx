import { useState } from "preact/hooks";
import type { FunctionDetail } from "../../src/console/functions/view.ts";
import { Confirm } from "../parts/confirm.tsx";
import { countedText } from "../parts/format.ts";
import { ApiError, sendJson } from "../shell/api.ts";
import { useConnection, useLive } from "../shell/live-events.ts";

/** Buttons that scale a function up and down, or the reason why scaling is not possible. */
export function ScaleControl({ detail, scaled }: { detail: FunctionDetail; scaled: () => void }) {
  const { name, replicas, scaling } = detail;
  const [problem, setProblem] = useState("");
  const [isSending, setSending] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const isLost = useConnection() === "lost";
  const about = useLive("about");
  if (about === undefined) return null;
  if (about.isReadOnly)
    return (
      <p class="quiet">The console is read-only (setting UI_READ_ONLY), so it does not scale functions.</p>
    );
  if (scaling.refusal !== "") return <p class="quiet">{scaling.refusal}</p>;

  const { wanted } = replicas;
  const up = wanted === 0 ? scaling.least : wanted + 1;
  const down = wanted <= scaling.least ? 0 : wanted - 1;

  async function scale(count: number): Promise<void> {
    setAsking(false);
    setSending(true);
    setProblem("");
    try {
      await sendJson("POST", `functions/${encodeURIComponent(name)}/scale`, { replicas: count });
      scaled();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    } finally {
      setSending(false);
    }
  }

  return (
    <div class="functions-scale">
      <div class="row">
        <button
          type="button"
          disabled={isSending || isLost || wanted === 0}
          onClick={() => (down === 0 ? setAsking(true) : void scale(down))}
        >
          Scale down to {down}
        </button>
        <button
          type="button"
          disabled={isSending || isLost || up > scaling.most}
          onClick={() => void scale(up)}
        >
          {up > scaling.most ? `At most ${countedText(scaling.most, "replica")}` : `Scale up to ${up}`}
        </button>
      </div>
      {problem !== "" && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      {isAsking && (
        <Confirm
          title={`Scale ${name} to 0?`}
          action="Scale to 0"
          onConfirm={() => void scale(0)}
          onCancel={() => setAsking(false)}
        >
          <p>Calls in flight finish. The next call wakes the function, and waits for it.</p>
        </Confirm>
      )}
    </div>
  );
}
