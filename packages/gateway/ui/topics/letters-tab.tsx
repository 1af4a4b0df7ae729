import { useState } from "preact/hooks";
import type { LettersView } from "../../src/console/topics/view.ts";
import { countedText, countText } from "../parts/format.ts";
import { Empty } from "../parts/states.tsx";
import { useLive } from "../shell/live-events.ts";
import { useQuery } from "../shell/use-query.ts";
import { KafkaQuery } from "./kafka-query.tsx";
import { LetterCounts } from "./letter-counts.tsx";
import { LetterFilters } from "./letter-filters.tsx";
import { LetterList } from "./letter-list.tsx";
import { ReadOnly } from "./read-only.tsx";
import { SettleDialog, type Settlement } from "./settle-dialog.tsx";

/** `/ui/topics/NAME/dead-letters`: the messages that functions refused. The filters are in the query string. */
export function LettersTab({ topic, query }: { topic: string; query: URLSearchParams }) {
  const parameters = new URLSearchParams();
  for (const name of ["code", "function", "state", "limit"]) {
    const value = query.get(name);
    if (value) parameters.set(name, value);
  }
  const base = `topics/${encodeURIComponent(topic)}/dead-letters`;
  const letters = useQuery<LettersView>(`${base}?${parameters}`);
  const isReadOnly = useLive("about")?.isReadOnly ?? true;
  const [settlement, setSettlement] = useState<Settlement | undefined>();
  const [report, setReport] = useState("");
  if (letters.error?.code === "topic_not_found" && letters.data === undefined)
    return <Empty title="There are no dead letters: no function has refused a message of this topic." />;
  const settle = isReadOnly ? undefined : setSettlement;
  return (
    <>
      <p role="status" class={report === "" ? "unseen" : "notice"}>
        {report}
      </p>
      <KafkaQuery query={letters}>
        {(view) =>
          view.total === 0 ? (
            <Empty title="There are no dead letters: functions have accepted every message." />
          ) : (
            <>
              <LetterCounts view={view} />
              <section class="panel" aria-label="Dead letters">
                <LetterFilters view={view} query={query} settle={settle} reload={letters.reload} />
                <p class="quiet">
                  {countedText(view.matching, "letter")}
                  {view.letters.length < view.matching &&
                    `, the newest ${countText(view.letters.length)} are shown`}
                  {view.read < view.total &&
                    `. Only the newest ${countText(view.read)} of ${countText(view.total)} letters were read in the time of a page; npm run dead-letters reads all.`}
                </p>
                {isReadOnly && <ReadOnly restriction="replays and discards nothing" />}
                <LetterList topic={topic} letters={view.letters} settle={settle} />
              </section>
            </>
          )
        }
      </KafkaQuery>
      {settlement !== undefined && (
        <SettleDialog
          path={base}
          settlement={settlement}
          onEnd={(text) => {
            setSettlement(undefined);
            if (text === undefined) return;
            setReport(text);
            letters.reload();
          }}
        />
      )}
    </>
  );
}
