import fc from "fast-check";
import { type ByteString, bodies } from "./bodies.ts";
import type { Encoding } from "./encodings.ts";
import { contentTypes, type Header, headers, meaningfulHeaders, methods } from "./headers.ts";

/** A call with its framing in order; its headers, target and body are arbitrary. */
export interface WholeCall {
  method: string;
  target: ByteString;
  headers: Header[];
  contentType: ByteString | undefined;
  auth: "hmac" | "bearer" | "wrong" | "none";
  body: ByteString | undefined;
  encoding: Encoding;
  chunked: boolean;
}

const pathBytes = fc
  .uint8Array({ maxLength: 20 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte > 32 && byte !== 127)).toString("latin1"));
const paths = fc.oneof(
  { weight: 5, arbitrary: fc.constant("/") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("/healthz", "/healthz/", "//", "/../../etc/passwd", "/%E0%A4%A", "*", ""),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "http://127.0.0.1/x",
      "http://[",
      "/\x80",
      "/%00",
      "/%0d%0aa:b",
      "/x".repeat(4_000),
    ),
  },
  { weight: 1, arbitrary: pathBytes.map((path) => `/${path}`) },
);
const parameters = fc.oneof(
  fc.constantFrom(
    "block",
    "count",
    "fields",
    "format",
    "transactions",
    "engine",
    "detail",
    "__proto__",
    "a[__proto__][b]",
  ),
  fc.constantFrom("block[]", "block[a]", "constructor", "hasOwnProperty", "toString[x]"),
  pathBytes,
);
const settings = fc.oneof(
  fc.constantFrom(
    "latest",
    "pending",
    "0",
    "0x1",
    `0x${"1".repeat(64)}`,
    "99999999999999999999",
    "-1",
    "full",
    "hashes",
    "rpc",
    "web3",
  ),
  fc.constantFrom(
    "sentences",
    "afinn",
    "pattern",
    "number,hash",
    "5",
    "501",
    "number,,",
    ",".repeat(200),
    "%00",
    "%",
  ),
  pathBytes,
);
const queries = fc
  .array(fc.tuple(parameters, settings), { maxLength: 3 })
  .map((entries) => entries.map(([name, value]) => `${name}=${value}`).join("&"));

const targets = fc.tuple(paths, queries).map(([path, query]) => (query === "" ? path : `${path}?${query}`));
const anyBody = fc.oneof(
  { weight: 6, arbitrary: bodies },
  { weight: 1, arbitrary: fc.constantFrom(undefined, "") },
);

/** Calls with arbitrary parts. The template or the function's first checks refuse most of them. */
const arbitraryCalls: fc.Arbitrary<WholeCall> = fc.record({
  method: methods,
  target: targets,
  headers,
  contentType: contentTypes,
  auth: fc.constantFrom("hmac", "hmac", "bearer", "wrong", "none"),
  body: anyBody,
  encoding: fc.constantFrom(
    "identity",
    "identity",
    "identity",
    "gzip",
    "deflate",
    "br",
    "gzip, gzip",
    "x-gzip",
  ),
  chunked: fc.boolean(),
});

/** Calls that pass the first checks and reach the function's work. */
const validCalls: fc.Arbitrary<WholeCall> = fc.record({
  method: fc.constantFrom("POST", "POST", "POST", "POST", "POST", "POST", "GET", "HEAD"),
  target: fc.oneof(
    fc.constant("/"),
    queries.map((query) => `/?${query}`),
  ),
  headers: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Header[]>([]) },
    { weight: 1, arbitrary: meaningfulHeaders },
  ),
  contentType: fc.constantFrom(
    "application/json",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "text/plain",
    undefined,
  ),
  auth: fc.constantFrom("hmac", "bearer"),
  body: anyBody,
  encoding: fc.constantFrom("identity", "identity", "gzip"),
  chunked: fc.boolean(),
});

export const allCalls = fc.oneof(
  { weight: 2, arbitrary: validCalls },
  { weight: 1, arbitrary: arbitraryCalls },
);
