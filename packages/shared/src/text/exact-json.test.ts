import { stringify } from "lossless-json";
import { parseExactJson } from "./exact-json.ts";

it.each([
  ["38685626227668133590597633", 38685626227668133590597633n],
  ["-38685626227668133590597633", -38685626227668133590597633n],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", 9007199254740993n],
  ["1e21", 10n ** 21n],
  ["-1.50E+30", -15n * 10n ** 29n],
  ["3.8685626227668134e+25", 38685626227668134000000000n],
  ["12345678901234567000.000", 12345678901234567000n],
  ["0.5e1", 5],
  ["1e3", 1_000],
  ["-0", -0],
  ["1234567890123456.5", 1234567890123456.5],
  ["1e-7", 1e-7],
])("reads %s with all its digits, at any depth", (digits, value) => {
  for (const space of ["", " ", "\n\t"]) {
    expect(parseExactJson(`{"a":[${space}{"b":${space}${digits}},${digits}${space}]}`)).toEqual({
      a: [{ b: value }, value],
    });
  }
});

it.each(["1e5000", "-1e5000", `1${"0".repeat(2_000)}`])(
  "refuses a number that is out of range: %.10s",
  (digits) => {
    expect(() => parseExactJson(`[${digits}]`)).toThrow(SyntaxError);
  },
);

it("leaves digits in strings unchanged", () => {
  const text = '{"a":"1, 38685626227668133590597633","b":"0x00000000000000000000","c":"\\u0031, \\"1e21"}';
  expect(parseExactJson(text)).toEqual(JSON.parse(text));
});

it("reads all other values like JSON.parse, even beside a long number", () => {
  const text =
    '{"n":12345678901234567890,"a":1,"a":2,"__proto__":{"x":1},"e":[],"o":{},"s":"\\ud83d\\ude00 \\n","t":[true,false,null]}';
  const value = parseExactJson(text) as Record<string, unknown>;
  expect(stringify(value)).toBe(stringify({ ...JSON.parse(text), n: 12345678901234567890n }));
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

it.each(["", "{", "[01234567890123456789]", "[12345678901234567890,]", "NaN"])("refuses %j", (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError);
});
