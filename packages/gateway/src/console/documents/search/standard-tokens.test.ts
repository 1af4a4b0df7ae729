import { standardTokens } from "./standard-tokens.ts";

// Expected tokens of Elasticsearch's analyzer; test/e2e/console-real.test.ts compares more texts with it.
it.each([
  ["Don't panic: 3.5,7 C++ a_b", ["don't", "panic", "3.5,7", "c", "a_b"]],
  ["http://x.y/z?q=1", ["http", "x.y", "z", "q", "1"]],
  ["日本語カタカナひらがな", ["日", "本", "語", "カタカナ", "ひ", "ら", "が", "な"]],
  ["สวัสดี 한국어", ["สวัสดี", "한국어"]],
  ["👍🏽👩‍🚀 🇩🇪❤️1️⃣ ★", ["👍🏽", "👩‍🚀", "🇩🇪", "❤️", "1️⃣", "★"]],
  ["İΣΑΣ CAFÉ", ["iσασ", "café"]],
  ["!? … — ", []],
  ["x".repeat(300), ["x".repeat(255), "x".repeat(45)]],
])("splits %s", (text, tokens) => {
  expect(standardTokens(text)).toEqual(tokens);
});

it.each(["_", "_\u0300", "\u200d", "\u0300", "\u{1F3FB}\ufe0f"])(
  "splits 50,000 times %j in linear time",
  (part) => {
    const start = performance.now();
    standardTokens(part.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(2_000);
  },
);
