import { useEffect, useRef, useState } from "preact/hooks";
import type { MessageView, TailView } from "../../src/console/topics/view.ts";
import { countedText, countText } from "../parts/format.ts";
import { Empty } from "../parts/states.tsx";
import { apiUrl } from "../shell/api.ts";
import { type Connection, followEvents } from "../shell/event-stream.ts";
import { MessageList } from "./message-list.tsx";

const maxShown = 200;

/** The messages since the view was opened. */
interface LiveState {
  state: Connection;
  /** Newest first. */
  shown: readonly MessageView[];
  /** Messages that arrived while the list is paused. */
  waiting: readonly MessageView[];
  arrived: number;
  skipped: number;
}

const empty: LiveState = { state: "connecting", shown: [], waiting: [], arrived: 0, skipped: 0 };

/** Follows a topic. The list does not change while it is paused or its text is selected. */
export function LiveMessages({ topic, partition }: { topic: string; partition: string }) {
  const [live, setLive] = useState(empty);
  const [isPaused, setPaused] = useState(false);
  const paused = useRef(false);
  paused.current = isPaused;
  useEffect(() => {
    const query = partition === "" ? "" : `?partition=${encodeURIComponent(partition)}`;
    return followEvents(apiUrl(`topics/${encodeURIComponent(topic)}/tail${query}`), {
      events: {
        messages: (data) => {
          const view = JSON.parse(data) as TailView;
          setLive((last) => addMessages(last, view, paused.current || hasSelection()));
        },
      },
      onState: (streamState) => setLive((last) => ({ ...last, state: streamState })),
    });
  }, [topic, partition]);
  const { arrived, shown, skipped, state, waiting } = live;
  return (
    <>
      <div class="row topics-live">
        <button
          type="button"
          aria-pressed={isPaused}
          onClick={() => {
            setPaused(!isPaused);
            if (isPaused) setLive((last) => ({ ...release(last) }));
          }}
        >
          {isPaused ? "Resume" : "Pause"}
        </button>
        <p role="status" class="quiet">
          <span class={tones[state]}>{texts[state]}</span> · {countedText(arrived, "message")}
          {skipped > 0 && `, of which ${countText(skipped)} are not shown, because they arrive too fast`}
          {waiting.length > 0 && ` · ${countText(waiting.length)} wait`}
        </p>
      </div>
      {shown.length === 0 ? (
        <Empty title="No message has arrived yet." />
      ) : (
        <MessageList topic={topic} messages={shown} />
      )}
    </>
  );
}

const tones = { connecting: "checking", live: "up", lost: "down" };
const texts = { connecting: "connecting …", live: "live", lost: "connection lost, reconnecting …" };

function addMessages(last: LiveState, { messages, skipped }: TailView, isHeld: boolean): LiveState {
  const counted = {
    ...last,
    waiting: [...messages.toReversed(), ...last.waiting].slice(0, maxShown),
    arrived: last.arrived + messages.length + skipped,
    skipped: last.skipped + skipped,
  };
  return isHeld ? counted : release(counted);
}

/** Shows the waiting messages. */
function release(last: LiveState): LiveState {
  return { ...last, shown: [...last.waiting, ...last.shown].slice(0, maxShown), waiting: [] };
}

function hasSelection(): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed;
}
