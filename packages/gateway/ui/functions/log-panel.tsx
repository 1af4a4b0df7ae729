import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Field } from "../parts/field.tsx";
import { countedText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { setQuery } from "../shell/router.ts";
import { LogLines, type NumberedLine } from "./log-lines.tsx";
import { useLog } from "./use-log.ts";

/** The distance from the bottom within which the panel scrolls with new lines; further up, the position stays. */
const nearPx = 40;

/** The live log of a function, with a filter and a pause. */
export function LogPanel({ name, filter }: { name: string; filter: string }) {
  const { lines, isFollowing, problem, clear } = useLog(name);
  const [paused, setPaused] = useState<readonly NumberedLine[]>();
  const shown = useMemo(() => (paused ?? lines).filter(matching(filter)), [paused, lines, filter]);
  const waiting = paused === undefined ? 0 : newLines(paused, lines);
  const container = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = container.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [shown]);
  return (
    <Panel
      title="Log"
      wide
      tools={
        <p class={problem === "" ? "quiet" : "bad"} role="status">
          {problem || (isFollowing ? "following" : "connecting …")}
        </p>
      }
    >
      <div class="row">
        <Field label="Filter">
          <input
            type="search"
            autocomplete="off"
            spellcheck={false}
            value={filter}
            onInput={({ currentTarget }) => setQuery({ filter: currentTarget.value })}
          />
        </Field>
        <button
          type="button"
          aria-pressed={paused !== undefined}
          onClick={() => setPaused(paused === undefined ? lines : undefined)}
        >
          {paused === undefined ? "Pause" : `Resume (${countedText(waiting, "new line")})`}
        </button>
        <button
          type="button"
          onClick={() => {
            clear();
            setPaused(undefined);
          }}
        >
          Clear
        </button>
      </div>
      {shown.length === 0 ? (
        <Empty title={lines.length > 0 && filter !== "" ? "No line has this text." : "No lines yet."}>
          <p>The log has what the function writes; each call of the platform's functions writes a line.</p>
        </Empty>
      ) : (
        <section
          class="functions-log"
          ref={container}
          aria-label={`Log of ${name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the log scrolls, and the keyboard must reach it
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            isAtEnd.current = scrollTop + clientHeight > scrollHeight - nearPx;
          }}
        >
          <LogLines lines={shown} />
        </section>
      )}
      <p class="quiet">The last 1,000 lines; the filter looks at the whole line.</p>
    </Panel>
  );
}

function matching(filter: string): (line: NumberedLine) => boolean {
  const text = filter.toLowerCase();
  return (line) => text === "" || line.text.toLowerCase().includes(text);
}

function newLines(paused: readonly NumberedLine[], lines: readonly NumberedLine[]): number {
  const last = paused.at(-1)?.number ?? -1;
  return lines.filter(({ number }) => number > last).length;
}
