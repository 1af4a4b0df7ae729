import { toJson } from "@platform/shared/function/answer";
import { formatBlock } from "./format-block.ts";

describe("formatBlock", () => {
  it("writes quantities as integers, also those above 2^53, and addresses with their checksum", () => {
    const block = formatBlock({
      number: "0x15ad",
      totalDifficulty: "0x2000000000000000000001",
      miner: "0xfa4087d3688a289c9c92e773a7b46cb9ccf80353",
      extraData: "0xd883",
      nonce: "0x0000000000000000",
      uncles: [],
    });
    expect(block).toEqual({
      extraData: "0xd883",
      miner: "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353",
      nonce: "0x0000000000000000",
      number: 5549,
      totalDifficulty: 38685626227668133590597633n,
      uncles: [],
    });
    expect(toJson(block)).toContain('"totalDifficulty":38685626227668133590597633');
  });

  it("writes withdrawals the same way", () => {
    const [withdrawal] = formatBlock({
      withdrawals: [
        {
          index: "0x1",
          validatorIndex: "0x2",
          amount: "0xffffffffffffffff",
          address: `0x${"ab".repeat(20)}`,
        },
      ],
    }).withdrawals as Record<string, unknown>[];
    expect(withdrawal).toEqual({
      address: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
      amount: 18446744073709551615n,
      index: 1,
      validatorIndex: 2,
    });
  });

  it("keeps null (a pending block has no hash) and fields it does not know, in alphabetical order", () => {
    const block = formatBlock({ zeta: "0x1", number: null, hash: null, miner: null });
    expect(Object.entries(block)).toEqual([
      ["hash", null],
      ["miner", null],
      ["number", null],
      ["zeta", "0x1"],
    ]);
  });

  it("refuses a quantity that is none", () => {
    expect(() => formatBlock({ number: "many" })).toThrow();
    expect(() => formatBlock({ miner: "0x12" })).toThrow();
  });
});
