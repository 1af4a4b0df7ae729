import { describeError, withoutUrls } from "./describe-error.ts";

it.each([
  ["connect http://user:pa/ss@node:8545/v3/KEY?x=1 failed", "connect http://node:8545 failed"],
  ["wss://node/secret", "wss://node"],
  ['{"url":"https://u:p@h/"}', '{"url":"https://h"}'],
  ["no address", "no address"],
])("cuts URLs down: %s", (text, expected) => {
  expect(withoutUrls(text)).toBe(expected);
});

it("describes an error and its causes, without their other properties", () => {
  const cause = Object.assign(new Error("at http://u:p@node/key"), {
    code: "ECONNREFUSED",
    request: { body: "a private text" },
  });
  const described = describeError(new Error("failed", { cause }));
  expect(described).toMatchObject({
    message: "failed",
    cause: { message: "at http://node", code: "ECONNREFUSED" },
  });
  expect(JSON.stringify(described)).not.toMatch(/a private text|u:p/);
});

it("describes a value that is not an error, and stops at a circle of causes", () => {
  expect(describeError(Object.create(null))).toEqual({
    name: "object",
    message: "a value without a text form",
  });
  const error = new Error("circle");
  error.cause = error;
  expect(JSON.stringify(describeError(error))).toContain("circle");
});
