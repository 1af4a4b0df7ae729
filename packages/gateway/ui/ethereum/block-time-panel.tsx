import { useMemo } from "preact/hooks";
import { Chart } from "../parts/chart.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Loading } from "../parts/states.tsx";
import { useLive } from "../shell/live-events.ts";

/** The seconds between the latest blocks, as a chart and as a table. */
export function BlockTimePanel() {
  const deltas = useLive("chain")?.deltas;
  return (
    <Panel title="Block time">
      {deltas === undefined ? (
        <Loading label="Waiting for blocks …" />
      ) : deltas.length === 0 ? (
        <p class="quiet">The chain has too few blocks so far.</p>
      ) : (
        <BlockTimes deltas={deltas} />
      )}
    </Panel>
  );
}

function BlockTimes({ deltas }: { deltas: readonly { number: number; seconds: number }[] }) {
  const series = useMemo(
    () => [deltas.map((delta) => delta.number), deltas.map((delta) => delta.seconds)] as const,
    [deltas],
  );
  const [numbers, seconds] = series;
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  return (
    <>
      <Chart
        kind="line"
        data={series}
        xRange={[numbers[0]! - 1, numbers.at(-1)! + 1]}
        xSteps={[1, 2, 5, 10, 20, 50]}
        xText={(number) => countText(number)}
        yText={(value) => `${Number(value.toFixed(1))} s`}
        label={`Seconds between the last ${deltas.length} blocks: mean ${mean.toFixed(1)}, least ${least}, most ${most}.`}
      />
      <details>
        <summary>As a table</summary>
        <DataTable
          caption="Seconds between blocks"
          columns={[
            { head: "Block", isNumber: true, cell: ({ number }) => countText(number) },
            { head: "Seconds since the previous block", isNumber: true, cell: (delta) => delta.seconds },
          ]}
          rows={deltas.toReversed()}
          rowKey={({ number }) => number}
        />
      </details>
    </>
  );
}
