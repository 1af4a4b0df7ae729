import { foldHex } from "./fold-hex.ts";

it("shortens long hexadecimal texts, but not hashes and other values", () => {
  const bloom = `0x${"00".repeat(250)}abcdef1234abcdef1234abcd`;
  const hash = `0x${"ab".repeat(32)}`;
  const json = JSON.stringify({ hash, logsBloom: bloom, text: "0xzz" }, null, 2);
  const { text, folded } = foldHex(json);
  expect(folded).toBe(1);
  expect(text).toContain(`"hash": "${hash}"`);
  expect(text).toContain('"logsBloom": "0x00000000…1234abcd" (524 digits)');
});
