import { useMemo } from "preact/hooks";
import type { SentimentSummary } from "../../src/console/live/view.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Figures } from "../parts/figures.tsx";
import { countText, hourText, polarityText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty, Loading } from "../parts/states.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { axisRange, meanByMinute, nowMinutes, sentimentNow } from "./sentiment-now.ts";
import { useDependency } from "./use-dependency.ts";

/** Steps of the time axis, in milliseconds. */
const timeSteps = [5, 10, 15, 20, 30].map((minutes) => minutes * 60_000);

/** The current mean polarity compared with the last hour, and its chart. */
export function SentimentPanel() {
  const sentiment = useLive("sentiment");
  const store = useDependency("Elasticsearch");
  return (
    <Panel title="Sentiment" tools={<a href={viewUrl(["documents"])}>To Documents</a>}>
      {store?.state === "off" ? (
        <Empty title="No store of documents is configured.">
          <p>
            Set <code>{store.setting}</code> to the Elasticsearch that has the indexes{" "}
            <code>sentiment-*</code>.
          </p>
        </Empty>
      ) : sentiment !== undefined ? (
        <SentimentContent hour={sentiment.hour} dayCount={sentiment.day.count} />
      ) : store?.state === "down" ? (
        <Empty title="Elasticsearch does not answer: the sentiment is unknown." />
      ) : (
        <Loading />
      )}
    </Panel>
  );
}

function SentimentContent({ hour, dayCount }: { hour: SentimentSummary; dayCount: number }) {
  const now = sentimentNow(hour);
  const series = useMemo(() => meanByMinute(hour), [hour]);
  return (
    <>
      <Figures
        figures={[
          [`Last ${nowMinutes} minutes`, now.mean === null ? "–" : polarityText(now.mean)],
          ["Against the hour", <Delta key="delta" delta={now.delta} />],
          ["Last hour", hour.mean === null ? "–" : polarityText(hour.mean)],
          ["Documents", countText(hour.count)],
        ]}
      />
      {hour.count === 0 ? (
        <NoDocuments dayCount={dayCount} />
      ) : (
        <figure>
          <figcaption>Mean polarity by minute, last hour</figcaption>
          <Chart
            kind="line"
            data={series}
            xRange={[series[0][0]!, hour.to]}
            yRange={axisRange(series[1])}
            xText={hourText}
            yText={polarityText}
            xSteps={timeSteps}
            label={chartLabel(series[1], hour.mean)}
            height={150}
          />
          <details>
            <summary>As a table</summary>
            <MinuteTable series={series} />
          </details>
        </figure>
      )}
    </>
  );
}

function Delta({ delta }: { delta: number | null }) {
  if (delta === null) return <>–</>;
  const text = polarityText(delta);
  if (Number(delta.toFixed(2)) === 0) return <>± 0.00</>;
  return (
    <span class={delta > 0 ? "good" : "bad"}>
      <span aria-hidden="true">{delta > 0 ? "▲" : "▼"}</span> {text}
    </span>
  );
}

function chartLabel(means: readonly (number | null)[], hourMean: number | null): string {
  const known = means.filter((mean) => mean !== null);
  if (known.length === 0 || hourMean === null) return "Mean polarity by minute: no documents.";
  const [least, most] = [Math.min(...known), Math.max(...known)].map(polarityText);
  return `Mean polarity by minute of the last hour: from ${least} to ${most}, latest ${polarityText(known.at(-1)!)}, in all ${polarityText(hourMean)}.`;
}

function MinuteTable({ series: [times, means] }: { series: [number[], (number | null)[]] }) {
  const rows = times
    .map((time, index) => ({ time, mean: means[index] ?? null }))
    .filter(({ mean }) => mean !== null);
  return (
    <DataTable
      caption="Mean polarity by minute"
      rowKey={({ time }) => time}
      rows={rows.reverse()}
      columns={[
        { head: "From", cell: ({ time }) => hourText(time) },
        { head: "Mean polarity", cell: ({ mean }) => polarityText(mean!), isNumber: true },
      ]}
    />
  );
}

function NoDocuments({ dayCount }: { dayCount: number }) {
  const command = `curl -d '{"text":"People are kind"}' ${new URL("../function/tweet-enrich", location.origin + viewUrl([])).href}`;
  return (
    <Empty
      title={`No documents in the last hour${dayCount === 0 ? "" : `, ${countText(dayCount)} in the last 24 hours`}.`}
    >
      <p>
        Send a post to <a href={viewUrl(["functions", "tweet-enrich"])}>tweet-enrich</a>:{" "}
        <code>{command}</code>
      </p>
    </Empty>
  );
}
