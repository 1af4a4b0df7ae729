import fc from "fast-check";

/** Bodies are strings with one character for each byte, so that failures print readably. */
export type ByteString = string;

/** Encodes a text in UTF-8, with one character for each byte. */
const utf8 = (text: string): ByteString => Buffer.from(text).toString("latin1");

export const anyBytes = (maxLength: number): fc.Arbitrary<ByteString> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));

const validBodies = [
  "People are kind",
  '{"text":"People are kind"}',
  '["It is good.",{"text":"It is bad."}]',
  '"It is good."\n{"text":"It is bad."}\n',
  '{"text":"It is good."}\n{"text":"It is bad."}\n',
  "channel_id=abc&text=the+food+isn%27t+bad&user_name=ada",
  "text=%ff&text=100%&a",
  '{"block":1,"count":"3","fields":["number","hash"]}',
  '{"text":"Kubernetes is easy","created_at":"Wed Oct 10 20:19:24 +0000 2018","user":{"screen_name":"ada","name":"Ada"}}',
  '{"data":[{"id":"1","text":"so good","author_id":"7"}],"includes":{"users":[{"id":"7","username":"ada"}]},"meta":{"result_count":1}}',
  '{"post":{"uri":"at://x","author":{"handle":"ada"},"record":{"$type":"app.bsky.feed.post","text":"hm","createdAt":"2024-01-01T00:00:00Z"}}}',
  '{"uri":"https://m/1","content":"<p>fine <a href=\\"x\\">link</a></p>","account":{"acct":"ada"},"created_at":"2024-01-01T00:00:00.000Z"}',
  '{"statuses":[{"id_str":"1","text":"RT @a: fi…","retweeted_status":{"text":"fine &amp; good"}},{"delete":{"status":{"id":1}}}]}',
  '{"stream":["public"],"event":"update","payload":"{\\"uri\\":\\"https://m/1\\",\\"content\\":\\"fine\\",\\"account\\":{}}"}',
  '{"did":"did:x","time_us":1,"kind":"commit","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"1"}}',
  '{"type":"Create","actor":"https://m/a","object":{"type":"Note","id":"https://m/1","content":"fine","published":"2024-01-01T00:00:00Z"}}',
  '{"topic":"t","partition":0,"offset":1,"key":null,"value":"{\\"thread\\":{\\"post\\":{},\\"replies\\":[]}}"}',
  'window.YTD.tweets.part0 = [{"tweet":{"full_text":"fine"}}]',
];

const names = fc.constantFrom(
  ..."block count fields format transactions text msg user data includes meta content account reblog post record commit $type id id_str created_at createdAt".split(
    " ",
  ),
  ..."full_text note_tweet extended_tweet author_id handle twitter.text __proto__ constructor prototype toString then".split(
    " ",
  ),
  ..."statuses feed posts thread replies parent records value payload schema topic event status delete limit did kind".split(
    " ",
  ),
  ..."operation collection rkey time_us type object actor orderedItems published updated edited_at retweeted_status".split(
    " ",
  ),
);
const strangeTexts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "\ud800",
    "\udc00 \ud800",
    "",
    " ",
    "\0",
    "\u2028",
    "app.bsky.feed.post",
    "0000-00-00T00:00Z",
  ),
  fc.constantFrom("Wed Oct 99 20:19:24 +9999 2018", "+275760-09-13T00:00:01Z", "9999-12-31T23:59:60-23:59"),
  fc.constantFrom(
    "<p>".repeat(5_000),
    "<a href='",
    "&#x110000;&#0;",
    "<table><tr><td>".repeat(300),
    "very ".repeat(20_000),
  ),
);
const jsonTexts = fc.oneof(
  strangeTexts.map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"'),
);
const numbers = fc.constantFrom(
  "0",
  "-0",
  "1e999",
  "-1e-999",
  "123456789012345678901234567890",
  "0.1",
  "9007199254740993",
);

/** Generates JSON as text; the function decides how to parse it. */
const json = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    jsonTexts,
    numbers,
    fc.constantFrom("null", "true"),
    tie("object"),
    tie("list"),
  ),
  list: fc.array(tie("value"), { maxLength: 5 }).map((items) => `[${items}]`),
  object: fc
    .array(
      fc.tuple(
        fc.oneof(
          names.map((name) => JSON.stringify(name)),
          jsonTexts,
        ),
        tie("value"),
      ),
      { maxLength: 6 },
    )
    .map((entries) => `{${entries.map((entry) => entry.join(":"))}}`),
})).value;

const deep = fc
  .record({
    open: fc.constantFrom("[", '{"text":', '{"__proto__":', '{"data":['),
    depth: fc.integer({ min: 1, max: 40_000 }),
    closed: fc.boolean(),
  })
  .map(({ open, depth, closed }) => open.repeat(depth) + (closed ? closing(open).repeat(depth) : ""));

function closing(open: string): string {
  return [...open]
    .reverse()
    .map((letter) => ({ "[": "]", "{": "}" })[letter] ?? "")
    .join("");
}

const large = fc
  .record({
    part: fc.constantFrom("x", "good. ", "[],", "\n", '"a"\n', "\0"),
    bytes: fc.integer({ min: 50_000, max: 1_200_000 }),
  })
  .map(({ part, bytes }) => part.repeat(bytes / part.length));

const wholeBodies: fc.Arbitrary<ByteString> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...validBodies) },
  { weight: 6, arbitrary: json.map(utf8) },
  { weight: 3, arbitrary: fc.array(json, { maxLength: 6 }).map((lines) => utf8(lines.join("\n"))) },
  { weight: 2, arbitrary: strangeTexts.map(utf8) },
  { weight: 2, arbitrary: anyBytes(300) },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: large },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: "grapheme" })
      .map((text) => Buffer.from(`\ufeff${text}`, "utf16le").toString("latin1")),
  },
);

/** Replaces, inserts or removes some bytes. */
export function mutate(texts: fc.Arbitrary<ByteString>): fc.Arbitrary<ByteString> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    out: fc.nat(4),
    put: anyBytes(4),
  });
  return fc.tuple(texts, fc.array(change, { minLength: 1, maxLength: 4 })).map(([text, changes]) =>
    changes.reduce((before, { at, out, put }) => {
      const offset = Math.floor(at * before.length);
      return before.slice(0, offset) + put + before.slice(offset + out);
    }, text),
  );
}

/** Bodies of calls: valid, invalid, broken and too large. */
export const bodies = fc.oneof(
  { weight: 3, arbitrary: wholeBodies },
  { weight: 1, arbitrary: mutate(wholeBodies) },
);
