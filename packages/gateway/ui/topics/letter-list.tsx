import { useState } from "preact/hooks";
import type { LetterStateName, LetterView, MessageView } from "../../src/console/topics/view.ts";
import { countedText } from "../parts/format.ts";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Loaded } from "../parts/states.tsx";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { MessageContent } from "./message-content.tsx";
import type { Settlement } from "./settle-dialog.tsx";

type Settle = ((settlement: Settlement) => void) | undefined;

const colours: Readonly<Record<LetterStateName, string>> = {
  waiting: "warn",
  exhausted: "bad",
  replayed: "good",
  discarded: "even",
};

/** Dead letters, one per line; an opened one shows the reason and the message. */
export function LetterList({
  topic,
  letters,
  settle,
}: {
  topic: string;
  letters: readonly LetterView[];
  settle: Settle;
}) {
  return (
    <div class="topics-list">
      <div class="topics-columns topics-letter" aria-hidden="true">
        <span>Written</span>
        <span>State</span>
        <span>Code</span>
        <span>Function</span>
        <span>Message</span>
      </div>
      <ul aria-label="Dead letters">
        {letters.map((letter) => (
          <li key={`${letter.partition}/${letter.offset}`}>
            <LetterLine topic={topic} letter={letter} settle={settle} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function LetterLine({ topic, letter, settle }: { topic: string; letter: LetterView; settle: Settle }) {
  const [isOpen, setOpen] = useState(false);
  const { code, item, source, state, written } = letter;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary class="topics-columns topics-letter">
        <span class="quiet">{written === null ? "no time" : <RelativeTime time={written} />}</span>
        <span class={colours[state]}>{state}</span>
        <span class="topics-line">{code || "none"}</span>
        <span class="topics-line">{letter.function || "unknown"}</span>
        <span class="topics-line">
          {source === null ? "not from a topic" : `${source.topic}/${source.partition}/${source.offset}`}
          {item !== null && `, item ${item}`}
        </span>
      </summary>
      {isOpen && <LetterDetails topic={topic} letter={letter} settle={settle} />}
    </details>
  );
}

function LetterDetails({ topic, letter, settle }: { topic: string; letter: LetterView; settle: Settle }) {
  const { offset, partition, reason, replays, source, state, status } = letter;
  const path = ["topics", topic, "messages", partition, offset];
  const messageQuery = useQuery<MessageView>(path.map(encodeURIComponent).join("/"));
  const letters = [`${partition}/${offset}`];
  const isOpen = state === "waiting" || state === "exhausted";
  return (
    <div class="topics-content">
      <p>
        {status !== "" && `Status ${status}. `}
        {reason}
      </p>
      <p class="row">
        <span class="quiet">{countedText(replays, "replay")} before this letter</span>
        {source !== null && (
          <a href={viewUrl(["topics", source.topic, "messages", source.partition, source.offset])}>
            The refused message
          </a>
        )}
        <a href={viewUrl(path)}>The letter</a>
      </p>
      {settle !== undefined && isOpen && (
        <p class="row">
          {state === "waiting" && (
            <button type="button" onClick={() => settle({ action: "replay", letters })}>
              Replay …
            </button>
          )}
          <button type="button" onClick={() => settle({ action: "discard", letters })}>
            Discard …
          </button>
        </p>
      )}
      <Loaded query={messageQuery}>{(message) => <MessageContent topic={topic} message={message} />}</Loaded>
    </div>
  );
}
