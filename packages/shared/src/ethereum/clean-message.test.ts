import { createMessageCleaner, shorten } from "./clean-message.ts";

const clean = createMessageCleaner(
  new URL("https://ada:hunter2@node.example/v3/k3y%2Fk3y99?apikey=s3cr3t-s3cr3t"),
);

it.each([
  ["invalid host specified\n", "invalid host specified"],
  ["a\u0000b\u001b[31mc\u202ed\r\n\te", "a b [31mc d e"],
  ["half of an emoji \ud83d.", "half of an emoji ."],
  [
    "<html><head><style>p{}</style><title>403 Forbidden</title></head>\n<body><!-- x --><p>nginx</p></body></html>",
    "403 Forbidden nginx",
  ],
  ["see https://u:p@docs.example/path?x=1 for more", "see https://docs.example for more"],
  ["key k3y%2Fk3y99 or k3y/k3y99 of node.example/v3/k3y%2Fk3y99", "key … or … of node.example/v3/…"],
  ["parameter s3cr3t-s3cr3t, user ada, password hunter2", "parameter …, user …, password …"],
])("cleans %j to %j", (text, line) => {
  expect(clean(text)).toBe(line);
});

it("does not split an emoji when it shortens a text", () => {
  expect(shorten("abc", 3)).toBe("abc");
  expect(shorten("abcd", 3)).toBe("ab…");
  expect(shorten("a😀bc", 3)).toBe("a…");
});
