import { jsonMembers } from "./json-members.ts";

const textsOf = (json: string) =>
  jsonMembers(json).map(({ name, start, end }) => [name, json.slice(start, end)]);

it("gives the values of an object as they are written, in their order", () => {
  const json =
    ' {\n "b" : 3.8685626227668133590597633e25 ,"a":"\\u00e9\\"},{", "":{"c":[1, {"d":"]"}]},"b\\"":[ ] } ';
  expect(textsOf(json)).toEqual([
    ["b", "3.8685626227668133590597633e25"],
    ["a", '"\\u00e9\\"},{"'],
    ["", '{"c":[1, {"d":"]"}]}'],
    ['b"', "[ ]"],
  ]);
});

it("gives the items of a list", () => {
  expect(textsOf('[{"id":1}, null,"a,b" , [2,3], "\\\\"]')).toEqual([
    ["", '{"id":1}'],
    ["", "null"],
    ["", '"a,b"'],
    ["", "[2,3]"],
    ["", '"\\\\"'],
  ]);
});

it.each(["{}", "[ ]", " { } ", "null", '"{}"', "1"])("gives nothing of %s", (json) => {
  expect(textsOf(json)).toEqual([]);
});

it("reads a megabyte in a string at once", () => {
  const long = "f".repeat(1_000_000);
  expect(textsOf(`{"input":"${long}","n":1}`)).toEqual([
    ["input", `"${long}"`],
    ["n", "1"],
  ]);
});
