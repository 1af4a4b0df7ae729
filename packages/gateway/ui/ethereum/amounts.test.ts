import {
  digitsText,
  etherText,
  gasPriceText,
  shareText,
  shortEtherText,
  shortGasPriceText,
  shortNumberText,
} from "./amounts.ts";

it.each([
  ["0", "0 ether", "0"],
  ["1", "0.000000000000000001 ether", "<0.000001"],
  ["1000000000000000000", "1 ether", "1"],
  ["1234567890000000000000000000", "1,234,567,890 ether", "1,234,567,890"],
  ["98999968500000000000", "98.9999685 ether", "98.999968"],
])("shows %s wei exactly as %s, and in a table as %s", (wei, exact, short) => {
  expect(etherText(wei)).toBe(exact);
  expect(shortEtherText(wei)).toBe(short);
});

it.each([
  ["7", "7 wei", "7 wei"],
  ["1000000007", "1.000000007 gwei", "1 gwei"],
  ["1586181641", "1.586181641 gwei", "1.59 gwei"],
])("shows a gas price of %s wei as %s, in short as %s", (wei, exact, short) => {
  expect(gasPriceText(wei)).toBe(exact);
  expect(shortGasPriceText(wei)).toBe(short);
});

it("shows shares and large numbers", () => {
  expect(shareText(21_000, 30_000_000)).toBe("0.1 %");
  expect(shareText(1, 0)).toBe("");
  expect(digitsText("58750003716598352816469")).toBe("58,750,003,716,598,352,816,469");
  expect(shortNumberText(131_072)).toBe("131 k");
  expect(shortNumberText(0)).toBe("0");
});
