import { useEffect, useState } from "preact/hooks";
import type { LetterFilter, SettledView, StayReasonName } from "../../src/console/topics/view.ts";
import { Confirm } from "../parts/confirm.tsx";
import { countedText } from "../parts/format.ts";
import { Loading } from "../parts/states.tsx";
import { type ApiError, sendJson } from "../shell/api.ts";

/** Letters to replay or discard: single ones, or all selected by a filter. */
export interface Settlement {
  action: "replay" | "discard";
  letters?: string[];
  filter?: LetterFilter;
}

/** Options of SettleDialog. */
interface SettleDialogOptions {
  /** The path of the API. */
  path: string;
  settlement: Settlement;
  /** Called with a report of the action; undefined if nothing was done. */
  onEnd: (report: string | undefined) => void;
}

const verbs = { replay: "Replay", discard: "Discard" };

/** Counts the letters without settling them, asks, and settles them. */
export function SettleDialog({ path, settlement, onEnd }: SettleDialogOptions) {
  const [plan, setPlan] = useState<SettledView | undefined>();
  const [isRunning, setRunning] = useState(false);
  const { action, ...selection } = settlement;
  const send = (isDryRun: boolean) =>
    sendJson<SettledView>("POST", `${path}/${action}`, { ...selection, isDryRun });
  const fail = (error: ApiError) => onEnd(`Not done: ${error.message}`);
  useEffect(() => {
    send(true).then(setPlan, fail);
  }, []);

  function settle(): void {
    if (plan === undefined || isRunning) return;
    if (plan.settled === 0) {
      onEnd(undefined);
    } else {
      setRunning(true);
      send(false).then((settled) => onEnd(reportText(action, settled)), fail);
    }
  }

  return (
    <Confirm
      title={`${verbs[action]} dead letters?`}
      action={plan?.settled === 0 ? "Close" : isRunning ? "Running …" : verbs[action]}
      onConfirm={settle}
      onCancel={() => onEnd(undefined)}
    >
      {plan === undefined ? (
        <Loading label="Counting the letters …" />
      ) : (
        <>
          <p>{planText(action, plan)}</p>
          <StayingLetters plan={plan} />
        </>
      )}
    </Confirm>
  );
}

function planText(action: Settlement["action"], { duplicates, settled }: SettledView): string {
  if (settled === 0) return `There is no letter to ${action}.`;
  const letters = countedText(settled, "letter");
  if (action === "discard")
    return `${letters} will count as discarded. The messages stay in the topic until its retention ends, but nothing replays them.`;
  const also =
    duplicates === 0
      ? ""
      : ` ${countedText(duplicates, "letter")} of the same messages count as replayed, too.`;
  return `${letters}: each message will be written to the topic that it comes from.${also} No message is replayed twice.`;
}

const stayTexts: Readonly<Record<StayReasonName, string>> = {
  exhausted: "replayed too often",
  cut_off: "the letter has only the beginning of its message",
  incomplete: "the letter lacks the key and headers of its message",
  no_topic: "the message comes from no topic",
  topic_missing: "the topic of the message does not exist any more",
  too_large: "the message exceeds the size limit of its topic",
};

function StayingLetters({ plan: { staying } }: { plan: SettledView }) {
  if (staying.length === 0) return null;
  return (
    <ul class="topics-staying">
      {staying.map(({ reason, count }) => (
        <li key={reason}>
          {countedText(count, "letter")} will stay: {stayTexts[reason]}.
        </li>
      ))}
    </ul>
  );
}

function reportText(action: Settlement["action"], { settled, staying }: SettledView): string {
  const verb = action === "replay" ? "replayed" : "discarded";
  const stay = staying.map(
    ({ count, reason }) => `${countedText(count, "letter")} stayed: ${stayTexts[reason]}`,
  );
  return `${[`${countedText(settled, "letter")} ${verb}`, ...stay].join("; ")}.`;
}
