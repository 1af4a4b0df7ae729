import fc from "fast-check";
import { anyBytes, type ByteString } from "./bodies.ts";

export type Header = readonly [name: string, value: ByteString];

const token = fc.string({ unit: fc.constantFrom(..."!#$%&'*+.^_`|~09azAZ-"), minLength: 1, maxLength: 12 });
/** Headers that determine the framing; fuzz/calls.ts writes them. */
const framing =
  /^(content-length|transfer-encoding|connection|content-encoding|content-type|host|authorization|hmac|upgrade)$/i;

/** Bytes that HTTP allows in a header value: printable ones, tabs, and obs-text. */
const fieldBytes = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) =>
    Buffer.from(bytes.filter((byte) => byte === 9 || (byte >= 32 && byte !== 127))).toString("latin1"),
  );
const values: fc.Arbitrary<ByteString> = fc.oneof(
  { weight: 6, arbitrary: fieldBytes },
  // Without line ends, which would start another header or call; fuzz/calls.ts generates arbitrary bytes.
  { weight: 1, arbitrary: anyBytes(20).map((bytes) => bytes.replace(/[\r\n]/g, "\x1b")) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 17_000 }).map((length) => "x".repeat(length)) },
);

const mediaTypeHeader = (name: string, ...texts: string[]): fc.Arbitrary<Header> =>
  fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...texts), values));

const known: fc.Arbitrary<Header> = fc.oneof(
  mediaTypeHeader("X-Call-Id", "call-7", "a\x1b[31mb", "{}", "a, b", "x".repeat(129), "\u0085"),
  mediaTypeHeader("X-Topic", "twitter", "twitter-enriched", "__proto__", ""),
  mediaTypeHeader(
    "X-Kafka-Timestamps",
    "1700000000000,1,-5",
    "-1",
    "9999999999999,99999999999999",
    "0,".repeat(3_000),
    "1e5",
  ),
  mediaTypeHeader("X-Start-Time", "1700000000000000000", "1700000000000", "9".repeat(40), "-1"),
  mediaTypeHeader(
    "Prefer",
    "return=minimal",
    'return="minimal"; x',
    "wait=1, return=representation",
    "return ".repeat(300),
  ),
  mediaTypeHeader("If-None-Match", "*", 'W/"x"', '"', ",".repeat(1_000), `"0x${"1".repeat(64)}"`),
  mediaTypeHeader("Accept", "application/xml", "*/*;q=0"),
  mediaTypeHeader("Expect", "100-continue"),
  mediaTypeHeader("X-Callback-Url", "http://127.0.0.1:1/", "file:///etc/passwd"),
  mediaTypeHeader("X-Timeout", "1ms", "1h"),
  mediaTypeHeader("Cookie", "a=b; __proto__=c"),
  mediaTypeHeader("__proto__", "x"),
  mediaTypeHeader("constructor", "x"),
  mediaTypeHeader("X-HTTP-Method-Override", "DELETE"),
);

/** Headers that a function or the template reads. */
export const meaningfulHeaders = known.map((header) => [header]);

/** Arbitrary headers, some of them twice, some a hundred times. */
export const headers: fc.Arbitrary<Header[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: meaningfulHeaders },
      { weight: 2, arbitrary: fc.tuple(token, values).map((header) => [header]) },
      { weight: 1, arbitrary: known.map((header) => [header, header]) },
      {
        weight: 1,
        arbitrary: fc.tuple(known, fc.nat(300)).map(([header, count]) => Array<Header>(count).fill(header)),
      },
    ),
    { maxLength: 5 },
  )
  .map((lists) => lists.flat().filter(([name]) => !framing.test(name)));

/** Content types. */
export const contentTypes: fc.Arbitrary<ByteString | undefined> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("application/json", "application/x-ndjson", "text/plain", undefined),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("application/octet-stream", "application/x-www-form-urlencoded", "a/b+json"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        "text/plain; charset=utf-16le",
        "text/plain; charset=latin1",
        "text/plain; charset=__proto__",
        "text/",
      ],
      ...[
        "application/json; charset=utf-7",
        'text/plain;charset="utf-8',
        "multipart/form-data; boundary=x",
        ";",
        "",
      ],
    ),
  },
  { weight: 1, arbitrary: values },
);

export const methods = fc.oneof(
  { weight: 8, arbitrary: fc.constant("POST") },
  { weight: 3, arbitrary: fc.constantFrom("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("TRACE", "PROPFIND", "CONNECT", "M-SEARCH", "PURGE", "QUERY", "get"),
  },
  { weight: 1, arbitrary: token },
);
