import { find, table, whileOpen } from "@platform/shared/ui/dom";
import { createBarChart } from "./bar-chart.ts";
import { countText, delayText, none, secondsText, shortHash, shortNumber } from "./format.ts";
import { producerColours } from "./producer-colours.ts";
import { known, mean, sum } from "./summary.ts";
import type { BlockView } from "./view.ts";

/** A series with one value per block. */
interface Series {
  name: string;
  read(block: BlockView): number | null;
  /** Formats a value. */
  text(value: number | null): string;
  /** Formats the summary number beside the name. */
  figure(values: readonly number[]): string;
  /** The value of the full height; the highest bar by default. */
  scale?(blocks: readonly BlockView[]): number;
  /** Colours each bar by the miner of the block. */
  showsMiner?: true;
}

const highest = (values: readonly number[]) => (values.length === 0 ? null : Math.max(...values));
const gasLimit = (blocks: readonly BlockView[]) => highest(known(blocks, (block) => block.gasLimit)) ?? 0;

const series = {
  time: {
    name: "Block time",
    read: ({ seconds }) => seconds,
    text: secondsText,
    figure: (values) => secondsText(mean(values)),
    showsMiner: true,
  },
  difficulty: {
    name: "Difficulty",
    read: ({ difficulty }) => difficulty,
    text: shortNumber,
    figure: (values) => shortNumber(values.at(-1) ?? null),
  },
  gas: {
    name: "Gas used",
    read: ({ gasUsed }) => gasUsed,
    text: shortNumber,
    figure: (values) => shortNumber(values.at(-1) ?? null),
    scale: gasLimit,
  },
  transactions: {
    name: "Transactions",
    read: ({ transactions }) => transactions,
    text: countText,
    figure: (values) => countText(values.at(-1) ?? null),
  },
  uncles: {
    name: "Uncles",
    read: ({ uncles }) => uncles,
    text: countText,
    figure: (values) => (values.length === 0 ? none : countText(sum(values))),
  },
  propagation: {
    name: "Block propagation",
    read: ({ propagation }) => propagation,
    text: delayText,
    figure: (values) => delayText(mean(values)),
  },
} satisfies Record<string, Series>;

/** Creates the charts and the table of the last blocks. Returns their update function. */
export function createBlockCharts(container: HTMLElement) {
  const charts = Object.values<Series>(series).map((each) => ({ each, chart: createBarChart(each.name) }));
  container.append(...charts.map(({ chart }) => chart.figure));
  const difficulty = charts.find(({ each }) => each === series.difficulty)!.chart.figure;
  let shown: readonly BlockView[] = [];
  const fillTable = whileOpen(find("#block-table"), () => createBlockTable(shown));

  return (blocks: readonly BlockView[], { hasDifficulty }: { hasDifficulty: boolean }) => {
    shown = blocks;
    producerColours.learn(blocks.flatMap(({ miner }) => miner ?? []));
    difficulty.hidden = !hasDifficulty;
    for (const { each, chart } of charts) chart.show(toChartData(each, blocks));
    fillTable();
  };
}

function toChartData({ read, text, figure, scale, showsMiner }: Series, blocks: readonly BlockView[]) {
  const values = known(blocks, read);
  const most = scale === undefined ? `highest ${text(highest(values))}` : `limit ${text(scale(blocks))}`;
  const [first, last] = [blocks[0], blocks.at(-1)].map((block) => countText(block?.number ?? null));
  const range = values.length === 0 ? "unknown" : `${text(Math.min(...values))} to ${text(highest(values))}`;
  return {
    bars: blocks.map((block) => {
      const miner = showsMiner && block.miner;
      return {
        value: read(block),
        title: `Block ${countText(block.number)}: ${text(read(block))}${miner ? ` by ${shortHash(miner)}` : ""}`,
        ...(miner ? { className: producerColours.colourClass(miner) } : {}),
      };
    }),
    ...(scale === undefined ? {} : { scale: scale(blocks) }),
    figure: figure(values),
    description: `blocks ${first} to ${last}: ${range}, ${most}, last ${text(values.at(-1) ?? null)}`,
    labels: [first!, values.length === 0 ? "unknown" : most, last!],
  };
}

function createBlockTable(blocks: readonly BlockView[]): HTMLElement {
  const columns = Object.values<Series>(series);
  const rows = blocks
    .toReversed()
    .map((block) => [
      countText(block.number),
      shortHash(block.hash),
      ...columns.map(({ read, text }) => text(read(block))),
      block.miner ?? none,
    ]);
  return table("Last 50 blocks", ["Block", "Hash", ...columns.map(({ name }) => name), "Miner"], rows);
}
