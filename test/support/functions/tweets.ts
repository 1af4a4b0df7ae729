import { score } from "@platform/textblob";

/** A tweet of v1.1 with the expected values of its document. */
export interface SampleTweet {
  id: string;
  json: string;
  /** Its index, by the month in which it was created. */
  index: string;
  polarity: number;
  subjectivity: number;
  sentence_count: number;
}

const subjects = ["Kubernetes", "The new phone", "My flight", "This café", "The weather", "Our team 🚀"];
const verdicts = [
  "is great",
  "is not bad at all",
  "was absolutely terrible",
  "seems really boring",
  "is extremely beautiful",
  "could be worse",
  "arrived at noon",
];
const ends = [".", "!", " :)", " :(", "... I guess. More soon.", ""];

/** Returns tweets numbered from `from`, spread over two months. The same number gives the same tweet. */
export function sampleTweets(count: number, from = 0): SampleTweet[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const text = [
      subjects[number % subjects.length],
      verdicts[Math.floor(number / 7) % verdicts.length],
    ].join(" ");
    return createTweet(number, `${text}${ends[Math.floor(number / 3) % ends.length]}`);
  });
}

function createTweet(number: number, text: string): SampleTweet {
  const id = String(1_050_118_621_198_921_728n + BigInt(number));
  const created = number % 2 === 0 ? "Wed Oct 31 23:59:59 +0000 2018" : "Thu Nov 01 00:00:01 +0000 2018";
  const { polarity, subjectivity, sentenceCount } = score(text);
  return {
    id,
    json: JSON.stringify({
      created_at: created,
      id: Number(id),
      id_str: id,
      text,
      user: { id: number, screen_name: `user${number % 100}`, name: `User ${number % 100}` },
      lang: "en",
    }),
    index: number % 2 === 0 ? "sentiment-2018-10" : "sentiment-2018-11",
    polarity,
    subjectivity,
    sentence_count: sentenceCount,
  };
}
