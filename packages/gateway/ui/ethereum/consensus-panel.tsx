import type { CliqueView, ConsensusView, ProducerView } from "../../src/console/ethereum/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Loaded } from "../parts/states.tsx";
import { useQuery } from "../shell/use-query.ts";
import { digitsText, shareText, shortNumberText } from "./amounts.ts";
import { producerNames } from "./blocks-panel.tsx";
import { Facts } from "./facts.tsx";
import { BlockLink, Producer, producerColours } from "./links.tsx";

const intervalMs = 4_000;

/** The consensus: signers and their turns, miners and difficulty, or finality. */
export function ConsensusPanel() {
  const query = useQuery<ConsensusView>("ethereum/consensus", { intervalMs });
  return (
    <Panel title="Consensus">
      <Loaded query={query}>{(view) => <Consensus view={view} />}</Loaded>
    </Panel>
  );
}

function Consensus({ view }: { view: ConsensusView }) {
  const { kind, from, to, producers } = view;
  producerColours.learn(producers.map(({ address }) => address));
  return (
    <>
      <Facts facts={createFacts(view)} />
      {producers.length > 0 && (
        <DataTable
          caption={`${producerNames[kind]}s of blocks ${from} to ${to}`}
          columns={createColumns(view)}
          rows={producers}
          rowKey={({ address }) => address}
        />
      )}
      <p class="quiet">{noteText(view)}</p>
    </>
  );
}

function noteText({ kind, from, to, producers, clique }: ConsensusView): string {
  if (kind === "development chain") return "A single node produces all blocks, without consensus.";
  const blocks = `blocks ${countText(from)} to ${countText(to)}`;
  const name = producerNames[kind];
  if (producers.length === 0) return `No ${name.toLowerCase()} is known of ${blocks}.`;
  const source =
    clique?.source === "signatures"
      ? " The node does not offer clique_getSigners, so these are the signers of block 0 and those who signed these blocks."
      : "";
  return `${name}s of ${blocks}.${source}`;
}

function createFacts({ kind, clique, proofOfWork, proofOfStake }: ConsensusView) {
  return [
    ["Kind", kind === "clique" ? "proof of authority (Clique)" : kind],
    clique && [
      "Next block",
      <span key="next">
        {countText(clique.next.number)}, in turn: <Producer address={clique.next.signer} />
      </span>,
    ],
    proofOfWork && ["Difficulty", digitsText(proofOfWork.difficulty)],
    proofOfWork?.hashesPerSecond != null && [
      "Hash rate",
      `about ${shortNumberText(proofOfWork.hashesPerSecond)}H/s`,
    ],
    proofOfStake && ["Safe block", finality(proofOfStake.safe, proofOfStake.latest)],
    proofOfStake && ["Finalized block", finality(proofOfStake.finalized, proofOfStake.latest)],
  ].filter((fact) => fact !== null && fact !== false) as [string, string][];
}

function finality(number: number | null, latest: number): unknown {
  if (number === null) return "none yet";
  return (
    <>
      <BlockLink number={number} /> <span class="quiet">({countText(latest - number)} behind)</span>
    </>
  );
}

function createColumns({ kind, from, to, clique }: ConsensusView): Column<ProducerView>[] {
  const total = to - Math.max(1, from) + 1;
  return [
    { head: producerNames[kind], cell: ({ address }) => <Producer address={address} /> },
    { head: "Blocks", isNumber: true, cell: ({ blocks }) => countText(blocks) },
    { head: "Share", isNumber: true, cell: ({ blocks }) => shareText(blocks, total) },
    ...(clique === null
      ? []
      : [
          {
            head: "In turn",
            isNumber: true,
            cell: ({ inTurn }: ProducerView) => countText(inTurn ?? 0),
          },
        ]),
    {
      head: "Last block",
      isNumber: true,
      cell: ({ last }) => (last === null ? <span class="quiet">none</span> : <BlockLink number={last} />),
    },
    ...(clique === null
      ? []
      : [{ head: "Turn", cell: ({ address }: ProducerView) => turnText(address, clique) }]),
  ];
}

function turnText(address: string, { next, waiting }: CliqueView): string {
  if (waiting.includes(address)) return "signed recently";
  return next.signer === address ? "next" : "may sign";
}
