import { readProduceRequest } from "./produce-message.ts";
import { readSettleRequest } from "./settle-request.ts";

it("reads a message to produce", () => {
  const headers = [
    ["a", "1"],
    ["a", "2"],
  ];
  expect(readProduceRequest({ key: "k", value: null, headers, partition: 2 })).toEqual({
    key: Buffer.from("k"),
    value: null,
    headers: { a: ["1", "2"] },
    partition: 2,
  });
  expect(readProduceRequest({ key: null, value: "AP8=", isBase64: true }).value).toEqual(
    Buffer.from([0, 255]),
  );
});

it.each([
  [undefined, /"key" and "value" must be text or null/],
  [{ key: "k" }, /"key" and "value" must be text or null/],
  [{ key: null, value: "!", isBase64: true }, /base64/],
  [{ key: null, value: "", partition: -1 }, /"partition" must be a whole number/],
  [{ key: null, value: "", headers: { a: "1" } }, /"headers" must be a list of pairs/],
])("refuses to produce %j", (body, problem) => {
  expect(() => readProduceRequest(body)).toThrow(problem);
});

it("reads the selection of a replay or discard", () => {
  expect(readSettleRequest({ letters: ["0/1"], isDryRun: false })).toEqual({
    letters: ["0/1"],
    isDryRun: false,
  });
  expect(readSettleRequest({ filter: { code: "c" }, isDryRun: true })).toEqual({
    filter: { code: "c" },
    isDryRun: true,
  });
});

it.each([
  [{ isDryRun: false }, /either "letters" or "filter"/],
  [{ letters: ["0/1"], filter: {}, isDryRun: false }, /either "letters" or "filter"/],
  [{ letters: [], isDryRun: false }, /"letters" must be/],
  [{ letters: ["twitter"], isDryRun: false }, /"letters" must be/],
  [{ filter: {} }, /"isDryRun" must be/],
  [{ filter: { reason: "x" }, isDryRun: false }, /"filter" may have/],
  [{ filter: { state: "lost" }, isDryRun: false }, /"state" must be one of/],
])("refuses to settle %j", (body, problem) => {
  expect(() => readSettleRequest(body)).toThrow(problem);
});
