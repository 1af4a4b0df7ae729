import { toJson } from "@platform/shared/function/answer";
import { formatBlock } from "./format-block.ts";

/** `count` equal bytes as 0x-hex. */
const repeat = (byte: string, count: number) => `0x${byte.repeat(count)}`;
const hash = (byte: string) => repeat(byte, 32);
const formatTransaction = (transaction: object) =>
  (formatBlock({ transactions: [transaction] }).transactions as unknown[])[0];

// The expected values are the output of the formatters of web3.py 8.0.0.
describe("formatBlock", () => {
  it("formats every field of a block like web3.py", () => {
    const block = formatBlock({
      baseFeePerGas: "0x7",
      blobGasUsed: "0x20000",
      difficulty: "0x0",
      excessBlobGas: "0x0",
      extraData: "0xD883",
      gasLimit: "0x1c9c380",
      gasUsed: "0x5208",
      hash: hash("A1"),
      logsBloom: repeat("0F", 256),
      miner: "0xfa4087d3688a289c9c92e773a7b46cb9ccf80353",
      mixHash: hash("B2"),
      nonce: "0x0000000000000042",
      number: "0x15ad",
      parentBeaconBlockRoot: hash("C3"),
      parentHash: hash("D4"),
      receiptsRoot: hash("E5"),
      requestsHash: hash("F6"),
      sha3Uncles: hash("0A"),
      size: "0x220",
      stateRoot: hash("1B"),
      timestamp: "0x6704e3b5",
      totalDifficulty: "0x2000000000000000000001",
      transactions: [hash("9F")],
      transactionsRoot: hash("2C"),
      uncles: [hash("3D")],
      withdrawals: [
        {
          address: repeat("ab", 20),
          amount: "0xffffffffffffffff",
          index: "0x1",
          validatorIndex: "0x2",
        },
      ],
      withdrawalsRoot: hash("4E"),
    });
    expect(block).toEqual({
      baseFeePerGas: 7,
      blobGasUsed: 131072,
      difficulty: 0,
      excessBlobGas: 0,
      extraData: "0xd883",
      gasLimit: 30000000,
      gasUsed: 21000,
      hash: hash("a1"),
      logsBloom: repeat("0f", 256),
      miner: "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353",
      mixHash: hash("b2"),
      nonce: "0x0000000000000042",
      number: 5549,
      parentBeaconBlockRoot: hash("c3"),
      parentHash: hash("d4"),
      receiptsRoot: hash("e5"),
      requestsHash: hash("f6"),
      sha3Uncles: hash("0a"),
      size: 544,
      stateRoot: hash("1b"),
      timestamp: 1728373685,
      totalDifficulty: 38685626227668133590597633n,
      transactions: [hash("9f")],
      transactionsRoot: hash("2c"),
      uncles: [hash("3d")],
      withdrawals: [
        {
          address: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
          amount: 18446744073709551615n,
          index: 1,
          validatorIndex: 2,
        },
      ],
      withdrawalsRoot: hash("4e"),
    });
    expect(toJson(block)).toContain('"totalDifficulty":38685626227668133590597633,');
  });

  it("formats every field of a transaction like web3.py", () => {
    const transaction = formatTransaction({
      accessList: [{ address: repeat("ab", 20), storageKeys: [hash("Cc")] }],
      authorizationList: [
        {
          address: repeat("AB", 20),
          chainId: "0x6bc3",
          nonce: "0x1",
          r: hash("f1"),
          s: "0x1",
          yParity: "0x0",
        },
      ],
      blobVersionedHashes: [hash("0A")],
      blockHash: hash("A1"),
      blockNumber: "0x15ad",
      chainId: "0x6bc3",
      data: "0x",
      from: repeat("Ab", 20),
      gas: "0x5208",
      gasPrice: "0xba43b7400",
      hash: hash("5C"),
      input: "0xABCD",
      maxFeePerBlobGas: "0x1",
      maxFeePerGas: "0x77359400",
      maxPriorityFeePerGas: "0x2",
      nonce: "0x3",
      publicKey: repeat("0C", 64),
      r: "0x1a2",
      raw: "0x02F8",
      s: hash("0B"),
      standardV: "0x0",
      to: "0xfa4087d3688a289c9c92e773a7b46cb9ccf80353",
      transactionIndex: "0x0",
      type: "0x4",
      v: "0x1b",
      value: "0xde0b6b3a7640000",
      yParity: "0x1",
    });
    expect(transaction).toEqual({
      accessList: [{ address: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB", storageKeys: [hash("Cc")] }],
      authorizationList: [
        {
          address: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
          chainId: 27587,
          nonce: 1,
          r: BigInt(hash("f1")),
          s: 1,
          yParity: 0,
        },
      ],
      blobVersionedHashes: [hash("0a")],
      blockHash: hash("a1"),
      blockNumber: 5549,
      chainId: 27587,
      data: "0x",
      from: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
      gas: 21000,
      gasPrice: 50000000000,
      hash: hash("5c"),
      input: "0xabcd",
      maxFeePerBlobGas: 1,
      maxFeePerGas: 2000000000,
      maxPriorityFeePerGas: 2,
      nonce: 3,
      publicKey: repeat("0c", 64),
      r: "0x01a2",
      raw: "0x02f8",
      s: hash("0b"),
      standardV: 0,
      to: "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353",
      transactionIndex: 0,
      type: 4,
      v: 27,
      value: 1000000000000000000n,
      yParity: 1,
    });
  });

  it("keeps null (as in a pending block) and unknown fields, in alphabetical order", () => {
    const block = formatBlock({ zeta: "0x1", number: null, withdrawals: null, hash: null, miner: null });
    expect(Object.entries(block)).toEqual([
      ["hash", null],
      ["miner", null],
      ["number", null],
      ["withdrawals", null],
      ["zeta", "0x1"],
    ]);
    expect(formatTransaction({ to: null, blockHash: null, blockTimestamp: "0x1" })).toEqual({
      blockHash: null,
      blockTimestamp: "0x1",
      to: null,
    });
  });

  it.each([
    [{ number: "15" }, { number: 21 }],
    [{ number: 5 }, { number: 5 }],
    [{ nonce: "0x0" }, { nonce: "0x00" }],
    [{ nonce: `0x0${"1".repeat(16)}` }, { nonce: repeat("11", 8) }],
    [{ hash: repeat("00", 1) + "11".repeat(32) }, { hash: hash("11") }],
    [{ extraData: "0X1A2" }, { extraData: "0x01a2" }],
    [{ extraData: repeat("5a", 97) }, { extraData: repeat("5a", 97) }],
    [{ logsBloom: "0x" }, { logsBloom: "0x" }],
    [
      { miner: "FA4087D3688A289C9C92E773A7B46CB9CCF80353" },
      { miner: "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353" },
    ],
    [{ transactions: [] }, { transactions: [] }],
    [{ transactions: [{ to: "0x" }] }, { transactions: [{ to: "0x" }] }],
  ])("accepts the unusual form %j", (raw, formatted) => {
    expect(formatBlock(raw)).toEqual(formatted);
  });

  it.each([
    { number: "many" },
    { number: "0x" },
    { number: {} },
    { miner: "0x12" },
    { hash: "0x12" },
    { hash: `0x01${"11".repeat(32)}` },
    { nonce: `0x1${"1".repeat(16)}` },
    { transactions: "none" },
    { transactions: [1] },
    { transactions: [{ from: "me" }] },
    { transactions: [{ accessList: [{ storageKeys: ["0x1"] }] }] },
    { withdrawals: [null] },
  ])("refuses the invalid value %j", (raw) => {
    expect(() => formatBlock(raw)).toThrow(`invalid value of the field ${Object.keys(raw)[0]}`);
  });
});
