import { jsonMembers } from "./json-members.ts";

const readTexts = (json: string) =>
  jsonMembers(json).map(({ name, start, end }) => [name, json.slice(start, end)]);

it("returns the original text of an object's values, in their order", () => {
  const json =
    ' {\n "b" : 3.8685626227668133590597633e25 ,"a":"\\u00e9\\"},{", "":{"c":[1, {"d":"]"}]},"b\\"":[ ] } ';
  expect(readTexts(json)).toEqual([
    ["b", "3.8685626227668133590597633e25"],
    ["a", '"\\u00e9\\"},{"'],
    ["", '{"c":[1, {"d":"]"}]}'],
    ['b"', "[ ]"],
  ]);
});

it("returns the items of an array", () => {
  expect(readTexts('[{"id":1}, null,"a,b" , [2,3], "\\\\"]')).toEqual([
    ["", '{"id":1}'],
    ["", "null"],
    ["", '"a,b"'],
    ["", "[2,3]"],
    ["", '"\\\\"'],
  ]);
});

it.each(["{}", "[ ]", " { } ", "null", '"{}"', "1"])("returns nothing for %s", (json) => {
  expect(readTexts(json)).toEqual([]);
});

it("reads a string of a megabyte in a short time", () => {
  const long = "f".repeat(1_000_000);
  expect(readTexts(`{"input":"${long}","n":1}`)).toEqual([
    ["input", `"${long}"`],
    ["n", "1"],
  ]);
});
