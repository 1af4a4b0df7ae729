import { useState } from "preact/hooks";
import type { MessageView } from "../../src/console/topics/view.ts";
import { RelativeTime } from "../parts/relative-time.tsx";
import { viewUrl } from "../shell/router.ts";
import { MessageContent } from "./message-content.tsx";
import { previewText } from "./topic-texts.ts";

/** Messages, one per line; an opened one shows its content. Keys preserve selections and open messages across updates. */
export function MessageList({ topic, messages }: { topic: string; messages: readonly MessageView[] }) {
  return (
    <div class="topics-list">
      <div class="topics-columns" aria-hidden="true">
        <span>Written</span>
        <span class="number">Partition</span>
        <span class="number">Offset</span>
        <span>Key</span>
        <span>Value</span>
      </div>
      <ul aria-label="Messages">
        {messages.map((message) => (
          <li key={`${message.partition}/${message.offset}`}>
            <MessageLine topic={topic} message={message} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MessageLine({ topic, message }: { topic: string; message: MessageView }) {
  const { key, offset, partition, problem, time, value } = message;
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary class="topics-columns">
        <span class="quiet">{time === null ? "no time" : <RelativeTime time={time} />}</span>
        <span class="number">{partition}</span>
        <span class="number">{offset}</span>
        <span class="topics-line">{key === null ? "" : previewText(key)}</span>
        <span class={`topics-line ${problem !== undefined ? "bad" : value === null ? "quiet" : ""}`}>
          {problem === undefined ? previewText(value) : `cannot be read: ${problem}`}
        </span>
      </summary>
      {isOpen && (
        <>
          <MessageContent topic={topic} message={message} />
          <p>
            <a href={viewUrl(["topics", topic, "messages", partition, offset])}>
              Link to {topic}/{partition}/{offset}
            </a>
          </p>
        </>
      )}
    </details>
  );
}
