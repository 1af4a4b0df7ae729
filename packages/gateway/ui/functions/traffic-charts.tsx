import type { ComponentProps } from "preact";
import { useMemo } from "preact/hooks";
import type { CallMinute } from "../../src/console/functions/view.ts";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countedText, countText, hourText, millisecondText } from "../parts/format.ts";
import { useNow } from "../parts/relative-time.tsx";

const minuteMs = 60_000;
const shownMinutes = 120;
const steps = [5, 10, 15, 30, 60].map((minutes) => minutes * minuteMs);

/** Calls, errors and latency of the last two hours, by minute. */
export function TrafficCharts({ minutes }: { minutes: readonly CallMinute[] }) {
  const now = useNow();
  const end = now - (now % minuteMs) + minuteMs;
  const begin = end - shownMinutes * minuteMs;
  const shown = useMemo(() => minutes.filter(({ time }) => time >= begin), [minutes, begin]);
  const range = [begin, end] as const;
  const counts = useMemo(() => toMinuteSeries(begin, shown, ({ calls }) => calls, 0), [shown, begin]);
  const failures = useMemo(() => toMinuteSeries(begin, shown, ({ failed }) => failed, 0), [shown, begin]);
  const latencies = useMemo(() => toMinuteSeries(begin, shown, ({ p95 }) => p95, null), [shown, begin]);
  const callCount = shown.reduce((sum, minute) => sum + minute.calls, 0);
  const failedCount = shown.reduce((sum, minute) => sum + minute.failed, 0);
  const slowest = shown.reduce((most, { p95 }) => Math.max(most, p95), 0);
  return (
    <>
      <div class="functions-charts">
        <MinuteChart
          title="Calls a minute"
          kind="bars"
          data={counts}
          xRange={range}
          yText={integerText}
          label={`Calls of each minute of the last two hours: ${callCount} in all`}
        />
        <MinuteChart
          title="Duration (p95), in milliseconds"
          kind="line"
          data={latencies}
          xRange={range}
          yText={shortText}
          label={`Latency of each minute of the last two hours: the 95th percentile is at most ${millisecondText(slowest)}`}
        />
        {failedCount > 0 && (
          <MinuteChart
            title="Failed calls a minute (5xx)"
            kind="bars"
            data={failures}
            xRange={range}
            yText={integerText}
            label={`Failed calls of each minute of the last two hours: ${failedCount} in all`}
          />
        )}
      </div>
      {failedCount === 0 && callCount > 0 && (
        <p class="quiet">
          {countedText(callCount, "call")} in the last two hours; none of them failed (5xx).
        </p>
      )}
      <details>
        <summary>As a table</summary>
        <MinuteTable minutes={shown} />
      </details>
    </>
  );
}

type MinuteChartOptions = Omit<ComponentProps<typeof Chart>, "xSteps" | "xText"> & { title: string };

function MinuteChart({ title, ...options }: MinuteChartOptions) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <Chart xSteps={steps} xText={hourText} {...options} />
    </figure>
  );
}

function MinuteTable({ minutes }: { minutes: readonly CallMinute[] }) {
  return (
    <DataTable
      caption="Calls by minute"
      rows={minutes.toReversed()}
      rowKey={({ time }) => time}
      columns={[
        { head: "Minute", cell: ({ time }) => hourText(time) },
        { head: "Calls", cell: ({ calls }) => countText(calls), isNumber: true },
        { head: "Failed", cell: ({ failed }) => countText(failed), isNumber: true },
        { head: "Median", cell: ({ p50 }) => millisecondText(p50), isNumber: true },
        { head: "p95", cell: ({ p95 }) => millisecondText(p95), isNumber: true },
      ]}
    />
  );
}

/** Returns a value for each minute from `begin` on. */
function toMinuteSeries(
  begin: number,
  minutes: readonly CallMinute[],
  read: (minute: CallMinute) => number,
  empty: number | null,
): [number[], (number | null)[]] {
  const values = new Map(minutes.map((minute) => [minute.time, read(minute)]));
  const times = Array.from({ length: shownMinutes }, (_, index) => begin + index * minuteMs);
  return [times, times.map((time) => values.get(time) ?? empty)];
}

/** Formats whole numbers only; marks between them have no text. */
function integerText(value: number): string {
  return Number.isInteger(value) ? countText(value) : "";
}

function shortText(value: number): string {
  return String(Number(value.toPrecision(3)));
}
