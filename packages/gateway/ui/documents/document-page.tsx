import type { DocumentDetail } from "../../src/console/documents/view.ts";
import { Copyable, CopyButton } from "../parts/copyable.tsx";
import { Figures } from "../parts/figures.tsx";
import { polarityText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { scoreClass } from "./score-class.ts";
import { Sentences } from "./sentences.tsx";

/** A whole document and the analysis of its score. */
export function DocumentPage({ index, id }: { index: string; id: string }) {
  const query = useQuery<DocumentDetail>(`documents/${encodeURIComponent(index)}/${encodeURIComponent(id)}`);
  return (
    <>
      <p class="crumbs">
        <a href={viewUrl(["documents"])}>All documents</a>
      </p>
      <h1 class="documents-id">Document {id}</h1>
      {query.error?.status === 404 ? (
        <Empty title={query.error.message}>
          <p>It may have been deleted, or an edit of its post replaced it.</p>
        </Empty>
      ) : (
        <Loaded query={query}>{(detail) => <Detail detail={detail} />}</Loaded>
      )}
    </>
  );
}

function Detail({ detail: { index, id, document, row, analysis } }: { detail: DocumentDetail }) {
  const json = JSON.stringify(document, null, 2);
  const time = (value: number | null) => (value === null ? "–" : <RelativeTime time={value} />);
  return (
    <div class="documents-detail">
      <Panel title="Post">
        <Figures
          figures={[
            ["Polarity", formatScore(row.polarity)],
            ["Subjectivity", row.subjectivity === null ? "–" : row.subjectivity.toFixed(2)],
            ["Sentences", row.sentences ?? "–"],
            ["Scored", time(row.scored)],
            ["Written", time(row.created)],
          ]}
        />
        <dl class="documents-facts">
          <dt>Author</dt>
          <dd>
            {row.author === null ? (
              "–"
            ) : (
              <a href={viewUrl(["documents"], { author: row.author })}>{row.author}</a>
            )}
            {row.user !== null && <span class="quiet"> {row.user}</span>}
          </dd>
          <dt>Index</dt>
          <dd>
            <a href={viewUrl(["documents"], { q: `index:${index}` })}>{index}</a>
          </dd>
          <dt>ID</dt>
          <dd>
            <Copyable text={id} />
          </dd>
        </dl>
      </Panel>
      {analysis !== null && <Sentences analysis={analysis} row={row} />}
      <Panel title="JSON" tools={<CopyButton text={json} />}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
        <pre tabIndex={0}>{json}</pre>
      </Panel>
    </div>
  );
}

function formatScore(polarity: number | null) {
  return polarity === null ? "–" : <span class={scoreClass(polarity)}>{polarityText(polarity)}</span>;
}
