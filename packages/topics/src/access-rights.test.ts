import { parseRights } from "./access-rights.ts";

const readRight = { host: "*", permissionType: 3, principal: "User:feeds" };

it("reads a right for each operation", () => {
  const topic = { ...readRight, resourceType: 2, resourceName: "twitter", resourcePatternType: 3 };
  expect(parseRights("# rights\n\nfeeds Write,Read topic twitter # comment\n")).toEqual([
    { ...topic, operation: 4 },
    { ...topic, operation: 3 },
  ]);
});

it("reads a star at the end of a name as a prefix, and a single star as all names", () => {
  const [prefix, all] = parseRights("feeds Write transactional-id feeds-*\nfeeds Read group *");
  expect(prefix).toMatchObject({ resourceType: 5, resourceName: "feeds-", resourcePatternType: 4 });
  expect(all).toMatchObject({ resourceType: 3, resourceName: "*", resourcePatternType: 3 });
});

it.each([
  ["feeds Read topic", "must have"],
  ["feeds Read topic a b", "must have"],
  ["feeds Reads topic a", '"Reads" is unknown; allowed: Read, Write'],
  ["feeds Read topics a", '"topics" is unknown; allowed: topic'],
])("refuses %s", (line, reason) => {
  expect(() => parseRights(`\n${line}`)).toThrow(`line 2: ${reason}`);
});
