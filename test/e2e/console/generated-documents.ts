import type { NewDocument } from "@platform/gateway/embedded/embedded-store";

/** Returns a generator of numbers from 0 to 1, deterministic for a seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

type Random = () => number;

const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

const words =
  "good bad kind morning day Day GOOD don't don’t café cafe\u0301 CAFÉ naïve İstanbul ΟΔΟΣ ß 3.5 3,5 2026 C++ a_b x:y http://x.y/z?q=1 日本 日本語 ひらがな カタカナ ｶﾀｶﾅ 한국어 สวัสดี שלום מ״מ עברית العربية 👍 👍🏽 ❤️ 👩‍🚀 🇩🇪 1️⃣ #️⃣ ★ ™ #kind #day @ada e-mail rock&roll".split(
    " ",
  );
const signs = [
  "a",
  "Z",
  "é",
  "\u0301",
  "1",
  "٣",
  "_",
  "'",
  "’",
  ".",
  ",",
  ":",
  "-",
  "#",
  '"',
  "/",
  " ",
  "日",
  "ひ",
  "ー",
  "カ",
  "한",
  "ส",
  "א",
  "״",
  "م",
  "👍",
  "🏽",
  "\ufe0f",
  "\u200d",
  "🇩",
  "™",
  "\u00ad",
  "\u200b",
];
const authors = ["ada", "Ada", "ADA", "bob", "Bob_2", "日本", "ÄDA", null];
const users = ["Ada Lovelace", "ada lovelace", "Bob", null];
const scores = [-1, -0.75, -0.3, -0.1, 0, 0.1, 0.3, 0.5, 0.7, 0.7000001, 1, null];

/** Words of several scripts, or a mixture of characters. */
export function generatedText(random: Random): string {
  const isWords = random() < 0.7;
  const length = 1 + Math.floor(random() * (isWords ? 8 : 12));
  const parts = Array.from({ length }, () => pick(random, isWords ? words : signs));
  return parts.join(isWords ? pick(random, [" ", "  ", "\n", ", "]) : "");
}

/** Documents, many of which have equal values in all fields that they are sorted by. */
export function generatedDocuments(count: number, indexes: readonly string[]): NewDocument[] {
  const random = createRandom(count);
  return Array.from({ length: count }, (_, number) => {
    const created =
      random() < 0.3 ? null : new Date(Date.UTC(2026, 0, 29, 12, 0, Math.floor(random() * 200_000)));
    const document = {
      "twitter.msg": generatedText(random),
      "twitter.handle": pick(random, authors),
      "twitter.user": pick(random, users),
      "twitter.created_at": created && twitterDate(created),
      polarity: pick(random, scores),
      subjectivity: pick(random, [0, 0.1, 0.3, 0.5, 0.9, 1]),
      sentence_count: 1 + Math.floor(random() * 3),
      Date: new Date(Date.UTC(2026, 0, 31, 11 + Math.floor(random() * 20))).toUTCString(),
      ...(random() < 0.5 && { "X-Start-Time": 1_769_000_000_000 + Math.floor(random() * 3) }),
    };
    return { index: pick(random, indexes), id: pick(random, ["", "é", "👍", "Z"]) + number, document };
  });
}

/** The date format of Twitter's API v1.1: Sat Jan 31 12:00:00 +0000 2026. */
function twitterDate(date: Date): string {
  const [day, number, month, year, time] = date.toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${number} ${time} +0000 ${year}`;
}

/** Generates a search in the console's search language. */
export function generatedSearch(random: Random, depth = 0): string {
  const inner = () => generatedSearch(random, depth + 1);
  const part = () => {
    const number = () => pick(random, [-0.3, 0, 0.1, 0.3, 0.7]);
    return pick<() => string>(random, [
      () => pick(random, ["good", "don't", "café", "日本", "#kind", "👍", "day"]),
      () => `"${pick(random, words)} ${pick(random, words)}"`,
      () => `"${pick(random, words)}"`,
      () => `author:"${pick(random, authors) ?? "nobody"}"`,
      () => `polarity:${pick(random, [">", ">=", "<", "<=", ""])}${number()}`,
      () =>
        `subjectivity:${pick(random, ["[", "{"])}${number()} TO ${pick(random, ["*", "0.9"])}${pick(random, ["]", "}"])}`,
      () => `created:${pick(random, [">", "<="])}2026-01-${pick(random, ["30", "31", "31T06"])}`,
    ])();
  };
  if (depth > 2) return part();
  return pick<() => string>(random, [
    part,
    () => `${part()} ${inner()}`,
    () => `NOT ${part()} AND ${inner()}`,
    () => `(${inner()}) OR NOT (${inner()})`,
  ])();
}
