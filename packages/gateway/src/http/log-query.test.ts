import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import { readLogQuery } from "./log-query.ts";

const now = Date.UTC(2026, 10, 28, 18);
const query = (text: string) => readLogQuery(`/logs?${text}`, now);

it("reads the query of faas-cli", () => {
  expect(
    query("follow=true&name=f&namespace=n&since=2026-11-28T18%3A59%3A00%2B01%3A00&tail=-1&instance=f-1"),
  ).toEqual({
    name: "f",
    namespace: "n",
    instance: "f-1",
    tail: undefined,
    since: now - 60_000,
    follow: true,
  });
});

it.each([
  ["tail=5", { tail: 5 }],
  ["tail=0", { tail: undefined }],
  ["since=10m", { since: now - 600_000 }],
  ["since=2026-11-28T17:59:59.5Z", { since: now - 500 }],
  ["since=", { since: 0 }],
  ["follow=1", { follow: true }],
  ["follow=false", { follow: false }],
  ["", { tail: undefined, since: 0, follow: false, namespace: undefined, instance: undefined }],
  ["name=g", { name: "g" }],
])("reads %p", (text, expected) => {
  expect(query(`name=f&${text}`)).toMatchObject(expected);
});

it.each(["tail=5", "name=", "name=f&tail=all", "name=f&follow=maybe", "name=f&since=yesterday"])(
  "refuses %p",
  (text) => {
    expect(() => query(text)).toThrow(InvalidQueryError);
  },
);

it.each(["2026-02-30T00:00:00Z", "2026-11-28T25:00:00Z", "2026-11-28", "1700000000"])(
  "refuses %p as a time",
  (since) => {
    expect(() => query(`name=f&since=${since}`)).toThrow(InvalidQueryError);
  },
);
