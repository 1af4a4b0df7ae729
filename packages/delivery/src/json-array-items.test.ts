import fc from "fast-check";
import { jsonArrayItems } from "./json-array-items.ts";

const parseItems = (text: string) => jsonArrayItems(Buffer.from(text))?.map(String);

it("returns the items with their original text", () => {
  const items = [
    '{"id":1076543210987654321,"text":"a, \\"b\\" ] } \\\\"}',
    "[1, [2]]",
    '"é,"',
    "-1.50e+01",
    "null",
  ];
  expect(parseItems(` [\n ${items.join(" ,\r\n\t")} ]\n`)).toEqual(items);
  expect(parseItems("[ ]")).toEqual([]);
});

it.each(["{}", '{"data":[1]}', "[1", "text", "", "7", "[1] [2]"])("returns undefined for %j", (text) => {
  expect(parseItems(text)).toBeUndefined();
});

it("splits any array like JSON.parse", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 0, max: 3 }), (values, indent) => {
      const items = parseItems(JSON.stringify(values, null, indent));
      expect(items?.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});
