import { readSigner } from "./block-signer.ts";
import type { ChainNode } from "./chain-nodes.ts";
import { readConsensus } from "./read-consensus.ts";
import type { RpcBlock } from "./rpc-types.ts";

/** The common fields of blocks without transactions. */
const common = {
  miner: "0x0000000000000000000000000000000000000000",
  mixHash: "0x0000000000000000000000000000000000000000000000000000000000000000",
  nonce: "0x0000000000000000",
  logsBloom: `0x${"00".repeat(256)}`,
  difficulty: "0x2",
  gasUsed: "0x0",
  size: "0x264",
  sha3Uncles: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
  stateRoot: "0x07ed4b44acbe893a09d9d4ee1ca044fd087f9f95485a05e374856fa539cdcfa4",
  transactionsRoot: "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
  receiptsRoot: "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
  transactions: [],
};

/** Headers of Geth 1.13.15 with three signers. */
const blocks: readonly RpcBlock[] = [
  {
    number: "0x4",
    hash: "0xe0b14275e18019178fd1a914d4658337a763a9350f6c63854cda9bc59ccee15a",
    parentHash: "0x71ab1a427a08801e441c4fe805cca7050285dae396ab548d9f3b3e079c725332",
    extraData:
      "0xd883010d0f846765746888676f312e32362e38856c696e757800000000000000b9ebdecd07a4d60cacdf5e0c74f43faabebabce0cbd50d3b5091d2756eb5a83755b9a6b4191e4faff3b0bf895c8e9de56a10a39a08a7911390aa449b2b4bac2900",
    gasLimit: "0x7f80304",
    timestamp: "0x6b0c75bc",
    baseFeePerGas: "0x22f06c09",
  },
  {
    number: "0x5",
    hash: "0x7a74e7d87b86ed26b73bea03a60e0eba5d31a8e02c5f1616c478b9a6ba57d560",
    parentHash: "0xe0b14275e18019178fd1a914d4658337a763a9350f6c63854cda9bc59ccee15a",
    extraData:
      "0xd883010d0f846765746888676f312e32362e38856c696e757800000000000000b0ed3a6ffcb6067df2566b1b301f93e301564676763b1cb4db697eccd542f88b1bedd5ed09bf035d9358b36d095163e7fd17ef332100431f2f9b24f591bdede300",
    gasLimit: "0x7f60505",
    timestamp: "0x6b0c75be",
    baseFeePerGas: "0x1e925e88",
  },
  {
    number: "0x6",
    hash: "0x638abb5cc5653786463cbf703171e1a9fc2e747f7a3bafd153be6ed8e229af7c",
    parentHash: "0x7a74e7d87b86ed26b73bea03a60e0eba5d31a8e02c5f1616c478b9a6ba57d560",
    extraData:
      "0xd883010d0f846765746888676f312e32362e38856c696e757800000000000000237edace9355c40f46200eb7b7c30e1900637d2e0dc00358cf9744348a4496b9661c39410bb0362b2a6c9aaec0cc8ae9cb2d890278c30c7041e45362dbeb43bc00",
    gasLimit: "0x7f40785",
    timestamp: "0x6b0c75c0",
    baseFeePerGas: "0x1ac012b7",
  },
  {
    number: "0x7",
    hash: "0x923932aa2e19564025bb20734485d534be97458a3bf27a91e70161b0b196940e",
    parentHash: "0x638abb5cc5653786463cbf703171e1a9fc2e747f7a3bafd153be6ed8e229af7c",
    extraData:
      "0xd883010d0f846765746888676f312e32362e38856c696e757800000000000000decd5cfe6ca332e2a3e6ce33c0e8226ab3690ae4850936a8d1932275c37176366ee28111acd8e78558e7d1cc47966e7f13dac1991f89afd05d560458f7b0cd1100",
    gasLimit: "0x7f20a85",
    timestamp: "0x6b0c75c2",
    baseFeePerGas: "0x17681061",
  },
].map((header) => ({ ...common, ...header }));

const genesis: RpcBlock = {
  ...common,
  number: "0x0",
  hash: "0x85a72086bd3b609009c9eb29e8af398ca5ee588231b7dc43274b741cc8af16d5",
  parentHash: "0x0000000000000000000000000000000000000000000000000000000000000000",
  difficulty: "0x1",
  extraData:
    "0x00000000000000000000000000000000000000000000000000000000000000004ebd15657fb89aee1fc33c3f3fdb7d21e97a0a7069379f10424c4cd85b4f75592c2ef6f1f60010a4bc4f2f78ec56df2fa10c478cd657c14b7c7ea9b10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
  gasLimit: "0x8000000",
  timestamp: "0x6b0c7554",
};

/** The signers in order of their turns, from Geth's clique.getSigners() and clique.getSigner(). */
const signers = [
  "0x4ebd15657fb89aee1fc33c3f3fdb7d21e97a0a70",
  "0x69379f10424c4cd85b4f75592c2ef6f1f60010a4",
  "0xbc4f2f78ec56df2fa10c478cd657c14b7c7ea9b1",
];

/** Creates a fake node with these blocks and an answer to clique_getSigners. */
function createNode(cliqueSigners: unknown): ChainNode {
  const getBlock = (number: number) =>
    [genesis, ...blocks].find((block) => Number(block.number) === number) ?? null;
  return {
    send: async (calls) =>
      calls.map(({ params: [tag] }) => (tag === "latest" ? blocks.at(-1) : getBlock(Number(tag)))),
    tryCall: async (method) => (method === "clique_getSigners" ? cliqueSigners : undefined),
  };
}

it("recovers the signer of each block from its signature", () => {
  expect(blocks.map((block) => readSigner(block)?.toLowerCase())).toEqual(
    [4, 5, 6, 7].map((number) => signers[number % signers.length]),
  );
});

it("returns no signer for a header with an unknown field", () => {
  expect(readSigner({ ...blocks[0]!, hash: `0x${"12".repeat(32)}` })).toBeNull();
});

it.each([
  ["clique_getSigners", [...signers].reverse()],
  ["signatures", undefined],
])("returns the next Clique signer, with the signers from %s", async (source, cliqueSigners) => {
  const { clique, producers, ...view } = await readConsensus(createNode(cliqueSigners));
  expect(view).toMatchObject({ kind: "clique", from: 1, to: 7, meanSeconds: 2 });
  const lower = producers.map(({ address, ...producer }) => ({
    address: address.toLowerCase(),
    ...producer,
  }));
  expect(lower).toEqual([
    { address: signers[0], blocks: 1, last: 6, inTurn: 1 },
    { address: signers[1], blocks: 2, last: 7, inTurn: 2 },
    { address: signers[2], blocks: 1, last: 5, inTurn: 1 },
  ]);
  expect(clique?.source).toBe(source);
  expect(clique?.next.number).toBe(8);
  expect(clique?.next.signer.toLowerCase()).toBe(signers[2]);
  expect(clique?.waiting.map((address) => address.toLowerCase())).toEqual([signers[1]]);
});
