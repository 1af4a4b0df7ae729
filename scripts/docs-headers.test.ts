import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../test/support/repo.ts";
import { headersInFlow, headersInSource, headersInTable } from "./docs/http-headers.ts";
import { readTables } from "./docs/read-tables.ts";
import { platformFunctions } from "./docs/source-files.ts";

/** docs/reference/headers.md, and the sections that it links to. */
const sections = [
  ["docs/reference/headers.md", "Headers"],
  ["docs/reference/dead-letters.md", "Headers"],
  ["packages/kafka-connector/README.md", "Requests"],
] as const;

const documented = sections.flatMap(([page, heading]) =>
  headersInTable(readTables(readFileSync(join(root, page), "utf8"), heading)),
);

const headers = [
  ...[...platformFunctions, "packages", "template/node-lean"].flatMap(headersInSource),
  ...["tweet-enrich", "twitter-sentiment"].flatMap((flow) =>
    headersInFlow(`deploy/base/nifi/${flow}.flow.json`),
  ),
];

/** Names in the code that the pages leave out, and the reasons. */
const leftOut: Readonly<Record<string, string>> = {
  accept: "HTTP clients send it; only the boot node registrar reads it, and its README says so",
  connection: "the transport's, which Node.js and proxies handle",
  "content-length": "the transport's",
  host: "every HTTP request has it",
  "transfer-encoding": "the transport's",
  "user-agent": "names our clients to other servers; nothing depends on it",
  vary: "for caches only",
  "x-elastic-product": "how the embedded Elasticsearch identifies itself to Elastic's client",
  "x-powered-by": "express is told not to send it",
  "x-ratelimit-remaining": "of Mastodon servers, as Mastodon documents it",
  "x-ratelimit-reset": "of Mastodon servers, as Mastodon documents it",
  "dead-letter-outcomes": "a topic",
  "x-environment": "a key of the stack file",
  "x-function": "a key of the stack file",
};

/** Whether a documented name, which may be the beginning of several, includes a name. */
const includes = (document: string, name: string) =>
  document === name || (document.endsWith("-") && name.startsWith(document));

it("documents each header that the code reads or writes", () => {
  const missing = headers.filter(
    ({ name }) => leftOut[name] === undefined && !documented.some((document) => includes(document, name)),
  );
  expect(missing).toEqual([]);
});

it("documents only headers that the code reads or writes", () => {
  const unknown = documented.filter((document) => !headers.some(({ name }) => includes(document, name)));
  expect(unknown).toEqual([]);
});

it("leaves out only names that are in the code and not documented", () => {
  const names = new Set(headers.map(({ name }) => name));
  expect(Object.keys(leftOut).filter((name) => !names.has(name) || documented.includes(name))).toEqual([]);
});
