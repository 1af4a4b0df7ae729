import { useMemo } from "preact/hooks";
import type { ChainView } from "../../src/console/live/view.ts";
import { Chart } from "../parts/chart.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { Figures } from "../parts/figures.tsx";
import { countedText, countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Loading } from "../parts/states.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { useDependency } from "./use-dependency.ts";

/** The latest block of the chain. */
export function BlockPanel() {
  const chain = useLive("chain");
  const node = useDependency("Ethereum");
  return (
    <Panel title="Latest block" tools={<a href={viewUrl(["ethereum"])}>To Ethereum</a>}>
      {node?.state === "off" ? (
        <Empty title="No Ethereum node is configured.">
          <p>
            Set <code>{node.setting}</code> to the JSON-RPC endpoint of a node.
          </p>
        </Empty>
      ) : chain?.blocks[0] !== undefined ? (
        <BlockContent chain={chain} />
      ) : node?.state === "down" ? (
        <Empty title="No node answers: the latest block is unknown." />
      ) : (
        <Loading />
      )}
    </Panel>
  );
}

function BlockContent({ chain: { blocks, deltas, peers } }: { chain: ChainView }) {
  const block = blocks[0]!;
  const blockTime = deltas.reduce((sum, { seconds }) => sum + seconds, 0) / deltas.length;
  return (
    <>
      <Figures
        figures={[
          [
            "Block",
            <a key="block" href={viewUrl(["ethereum", "block", block.number])}>
              {countText(block.number)}
            </a>,
          ],
          ["Age", <RelativeTime key="age" time={block.time} />],
          ["Transactions", countText(block.transactions)],
          ["Mean block time", deltas.length === 0 ? "–" : secondsText(blockTime)],
          ["Peers", peers === null ? "–" : countText(peers)],
        ]}
      />
      <BlockTimes deltas={deltas} mean={blockTime} />
      <p class="overview-hash">
        <span class="quiet">Hash </span>
        <Copyable text={block.hash} short />
      </p>
    </>
  );
}

/** Maximum blocks in the chart. */
const shownBlocks = 40;

/** The seconds between the latest blocks. */
function BlockTimes({ deltas, mean }: Pick<ChainView, "deltas"> & { mean: number }) {
  const shown = deltas.slice(-shownBlocks);
  const series = useMemo(
    () => [shown.map(({ number }) => number), shown.map(({ seconds }) => seconds)] as const,
    [deltas],
  );
  if (shown.length < 2) return null;
  const [first, last] = [shown[0]!.number, shown.at(-1)!.number];
  return (
    <figure>
      <figcaption>Seconds between blocks, by number</figcaption>
      <Chart
        kind="line"
        data={series}
        xRange={[first, last]}
        xText={countText}
        yText={secondsText}
        xSteps={[1, 5, 10, 20]}
        label={`Seconds between the latest ${countedText(shown.length, "block")}: ${secondsText(mean)} on average.`}
        height={120}
      />
    </figure>
  );
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}
