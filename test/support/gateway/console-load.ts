import { EmbeddedStore, type NewDocument } from "@platform/gateway/embedded/embedded-store";
import { deadLetterHeaders } from "@platform/shared/kafka/dead-letter-headers";
import { refresh } from "../elasticsearch/documents.ts";
import { createTopic } from "../kafka/create-topic.ts";
import { kafkaClient } from "../kafka/topic-messages.ts";

/** The topic with many messages, and the consumer group that reads it. */
export const loadTopic = "console-load";
export const loadGroup = "console-load-readers";
/** A word that every tenth document and message contains. */
export const commonWord = "wonderful";
/** A word that only the first document contains. */
export const rareWord = "nightingale";

const day = 86_400_000;
const words = [
  "kind",
  "people",
  "data",
  "terrible",
  "coffee",
  "café",
  "quick",
  "launch",
  "awful",
  "today",
  "東京",
  "rain",
];
const batch = 5_000;

/** Documents in the form of tweet-enrich: scored in the last 30 days, every tenth in the last hour, by 500 authors. */
function* generateDocuments(count: number): Generator<NewDocument> {
  const now = Date.now();
  for (let number = 0; number < count; number++) {
    const age = number % 10 === 0 ? ((number / 10) * 997) % 3_600_000 : (number * 7_919_003) % (30 * day);
    const scored = new Date(now - age);
    const text = Array.from(
      { length: 8 + (number % 12) },
      (_, index) => words[(number * 31 + index * index * 7) % 12],
    );
    if (number % 10 === 0) text.push(commonWord);
    if (number === 0) text.push(rareWord);
    yield {
      index: `sentiment-${scored.toISOString().slice(0, 7)}`,
      id: `load-${number}`,
      version: undefined,
      document: {
        "twitter.created_at": null,
        "twitter.handle": `author${number % 500}`,
        "twitter.msg": `${text.join(" ")} #${number}`,
        "twitter.user": `Author ${number % 500}`,
        polarity: Math.round(Math.sin(number) * 100) / 100,
        subjectivity: Math.round(Math.abs(Math.cos(number)) * 100) / 100,
        sentence_count: 1 + (number % 4),
        Date: scored.toUTCString(),
      },
    };
  }
}

/** Fills the indexes of an Elasticsearch that has the index template. */
export async function fillElasticsearch(url: string, count: number): Promise<void> {
  for (const documents of batches(generateDocuments(count), batch)) {
    const lines = documents.flatMap(({ index, id, document }) => [
      JSON.stringify({ create: { _index: index, _id: id } }),
      JSON.stringify(document),
    ]);
    const headers = { "content-type": "application/x-ndjson" };
    const answer = await fetch(`${url}/_bulk`, { method: "POST", headers, body: `${lines.join("\n")}\n` });
    const { errors } = (await answer.json()) as { errors: boolean };
    if (errors) throw new Error("Elasticsearch refused documents");
  }
  await refresh(url);
}

/** Fills the embedded store of an unused data folder. */
export async function fillEmbeddedStore(folder: string, count: number): Promise<void> {
  const store = await EmbeddedStore.open(folder);
  try {
    for (const documents of batches(generateDocuments(count), batch)) store.add(documents);
  } finally {
    await store.close();
  }
}

/** Creates the topic with messages, a lagging group, and its dead-letter topic with a letter for each hundredth message. */
export async function fillTopic(brokers: string, count: number): Promise<void> {
  const kafka = kafkaClient(brokers);
  const letters = `${loadTopic}.dead-letter`;
  const admin = kafka.admin();
  await admin.connect();
  await createTopic(admin, loadTopic, 6);
  await createTopic(admin, letters);
  const producer = kafka.producer();
  await producer.connect();
  for (const numbers of batches(range(count), batch)) {
    const messages = numbers.map((number) => ({
      key: `key-${number}`,
      value: JSON.stringify(makeMessage(number)),
    }));
    await producer.send({ topic: loadTopic, messages, acks: 1 });
  }
  for (const numbers of batches(range(Math.ceil(count / 100)), 1_000)) {
    await producer.send({ topic: letters, messages: numbers.map(makeLetter) });
  }
  await producer.disconnect();
  const partitions = [0, 1, 2, 3, 4, 5].map((partition) => ({ partition, offset: String(partition) }));
  await admin.setOffsets({ groupId: loadGroup, topic: loadTopic, partitions });
  await admin.disconnect();
}

function makeMessage(number: number) {
  const text = number % 10 === 0 ? `a ${commonWord} day` : "an ordinary day";
  return {
    id: number,
    text: `${text}, said number ${number}`,
    user: { screen_name: `author${number % 500}` },
  };
}

function makeLetter(number: number) {
  return {
    key: `key-${number}`,
    value: JSON.stringify(makeMessage(number)),
    headers: deadLetterHeaders({
      functionName: "tweet-enrich",
      status: 422,
      code: number % 3 === 0 ? "invalid_tweet" : "invalid_date",
      reason: "it was made for a test",
      source: { topic: loadTopic, partition: number % 6, offset: number, timestamp: Date.now() },
    }),
  };
}

function* range(count: number): Generator<number> {
  for (let number = 0; number < count; number++) yield number;
}

function* batches<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let current: Item[] = [];
  for (const item of items) {
    current.push(item);
    if (current.length < size) continue;
    yield current;
    current = [];
  }
  if (current.length > 0) yield current;
}
