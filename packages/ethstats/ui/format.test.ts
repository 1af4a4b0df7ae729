import {
  clientText,
  countText,
  delayText,
  gasPriceText,
  percentText,
  secondsText,
  shortHash,
  shortNumber,
  spanText,
} from "./format.ts";

describe("numbers", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1_000, "1 k"],
    [21_000, "21 k"],
    [999_900, "1 M"],
    [30_000_000, "30 M"],
    [1_254_000_000_000, "1.25 T"],
    [5.87e16, "58.7 P"],
    [null, "–"],
  ])("abbreviates %p to %p", (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });

  it("keeps all digits of a count", () => {
    expect(countText(1_234_567)).toBe("1,234,567");
  });

  it.each([
    [0, "0 gwei"],
    [7, "7 wei"],
    [1_000_000_007, "1 gwei"],
    [875_000_000, "0.875 gwei"],
    [1.5e12, "1.5 k gwei"],
    [null, "–"],
  ])("shows a gas price of %p wei as %p", (wei, text) => {
    expect(gasPriceText(wei)).toBe(text);
  });

  it.each([
    [100, "100 %"],
    [99.99, "99.9 %"],
    [0, "0 %"],
    [null, "–"],
  ])("rounds %p percent down to %p", (percent, text) => {
    expect(percentText(percent)).toBe(text);
  });
});

describe("times", () => {
  it.each([
    [0, "0 ms"],
    [999.4, "999 ms"],
    [999.6, "1 s"],
    [1_254, "1.25 s"],
    [120_000, "2 min"],
    [null, "–"],
  ])("shows a delay of %p ms as %p", (milliseconds, text) => {
    expect(delayText(milliseconds)).toBe(text);
  });

  it.each([
    [2, "2.0 s"],
    [13.24, "13.2 s"],
    [900, "15 min"],
    [null, "–"],
  ])("shows a block time of %p seconds as %p", (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });

  it.each([
    [-5_000, "0 s"],
    [59_000, "59 s"],
    [60_000, "1 min"],
    [3_600_000, "1 h"],
    [172_800_000, "2 d"],
  ])("shows a span of %p ms as %p", (milliseconds, text) => {
    expect(spanText(milliseconds)).toBe(text);
  });
});

describe("names", () => {
  it.each([
    ["Geth/signer-0/v1.13.15-stable/linux-amd64/go1.22.1", "v1.13.15", "Geth 1.13.15"],
    ["besu/v24.1.0/linux-x86_64/openjdk-java-17", "v24.1.0", "besu 24.1.0"],
    ["something", null, "something"],
    [null, null, "–"],
  ])("shows the client %p as its name and version", (client, version, text) => {
    expect(clientText({ client, version })).toBe(text);
  });

  it("shortens a hash to its ends", () => {
    expect(shortHash(`0x1234${"0".repeat(56)}abcd`)).toBe("0x1234…abcd");
    expect(shortHash(null)).toBe("–");
  });
});
