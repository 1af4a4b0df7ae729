import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../test/support/repo.ts";
import { type ErrorCode, errorsInSource, errorsInTable } from "./docs/error-codes.ts";
import { readTables } from "./docs/read-tables.ts";
import { platformFunctions } from "./docs/source-files.ts";

/** The tables below a heading. */
interface CodeTables {
  page: string;
  heading: string;
  /** The folders whose errors the tables contain. */
  folders: string[];
  /** Other folders whose errors they may contain. */
  borrowsFrom?: string[];
  /** Whether the errors are not sent in responses, so that the tables have no statuses. */
  withoutStatus?: boolean;
}

const errorCodesPage = "docs/reference/error-codes.md";

const tables: CodeTables[] = [
  { page: errorCodesPage, heading: "Functions", folders: platformFunctions },
  { page: errorCodesPage, heading: "Template node-lean", folders: ["template/node-lean"] },
  {
    page: errorCodesPage,
    heading: "Console and services",
    folders: [
      "packages/gateway/src/console",
      "packages/bootnode-registrar/src",
      "packages/dead-letters/src", // The console runs its replays.
      "packages/ethstats/src",
    ],
  },
  {
    page: errorCodesPage,
    heading: "Commands and feeds",
    folders: ["packages/feeds/src", "packages/topics/src"],
    withoutStatus: true,
  },
  {
    page: "packages/gateway/README.md",
    heading: "Errors",
    folders: ["packages/gateway/src"],
    borrowsFrom: ["packages/gateway/src/console/access"],
  },
  {
    page: "packages/cluster/README.md",
    heading: "Errors",
    folders: ["packages/cluster/src"],
    withoutStatus: true,
  },
];

/** All tables may contain errors of this folder. */
const shared = "packages/shared/src";

const errors = [...platformFunctions, "packages", "template"].flatMap(errorsInSource);

const isIn = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** Returns the tables for a file: those of its innermost folder. */
function findTables(path: string): CodeTables | undefined {
  const depth = ({ folders }: CodeTables) =>
    Math.max(...folders.filter((folder) => isIn(path, folder)).map((folder) => folder.length));
  return tables.filter((table) => depth(table) > 0).sort((a, b) => depth(b) - depth(a))[0];
}

const key = ({ status, code }: ErrorCode, { withoutStatus = false } = {}) =>
  withoutStatus ? code : `${status} ${code}`;

function documented({ page, heading, ...table }: CodeTables): string[] {
  const rows = readTables(readFileSync(join(root, page), "utf8"), heading);
  return errorsInTable(rows).map((error) => key(error, table));
}

it.each(tables)("$page lists the codes of its section $heading, and no others", (table) => {
  const { borrowsFrom = [] } = table;
  const listed = documented(table);
  const listKeys = (isIncluded: (path: string) => boolean) =>
    errors.filter(({ path }) => isIncluded(path)).map((error) => key(error, table));
  const own = listKeys((path) => findTables(path) === table);
  const borrowed = listKeys((path) => [shared, ...borrowsFrom].some((folder) => isIn(path, folder)));
  expect(own.filter((code) => !listed.includes(code))).toEqual([]);
  expect(listed.filter((code) => ![...own, ...borrowed].includes(code))).toEqual([]);
});

it("a table lists each code of all other folders", () => {
  const listed = tables.filter(({ withoutStatus }) => !withoutStatus).flatMap(documented);
  const others = errors.filter(({ path }) => findTables(path) === undefined);
  expect(others.filter((error) => !listed.includes(key(error)))).toEqual([]);
});
