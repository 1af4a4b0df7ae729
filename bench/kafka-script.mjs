// What one writes with a Kafka client instead of a connector: reads tweets from a topic, scores them with the function
// sentiment, writes the documents to Elasticsearch, and commits. It runs until it is killed. Needs Node.js 22.22 or 24.6.
// Environment: BROKERS, TOPIC, GROUP, SENTIMENT_URL, ELASTICSEARCH_URL.

import { Client } from "@elastic/elasticsearch";
import { Consumer } from "@platformatic/kafka";

const { BROKERS, TOPIC, GROUP, SENTIMENT_URL, ELASTICSEARCH_URL } = /** @type {Record<string, string>} */ (
  process.env
);
const maxBatch = 2_000;

const client = new Client({ node: ELASTICSEARCH_URL });
const consumer = new Consumer({ clientId: "script", groupId: GROUP, bootstrapBrokers: BROKERS.split(",") });

/** @typedef {import("@platformatic/kafka").Message<Buffer, Buffer, Buffer, Buffer>} Message */

/** Delivers messages at least once: it commits after Elasticsearch has stored all documents. */
async function deliver(/** @type {readonly Message[]} */ messages) {
  const tweets = messages.map(({ value }) => JSON.parse(value.toString()));
  const answer = await fetch(SENTIMENT_URL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(tweets.map(({ text }) => text)),
  });
  if (!answer.ok) throw new Error(`${SENTIMENT_URL}: ${answer.status}`);
  const scores = /** @type {object[]} */ (await answer.json());
  const operations = tweets.flatMap((tweet, index) => [
    { create: { _index: toIndex(tweet.created_at), _id: tweet.id_str } },
    toDocument(tweet, scores[index]),
  ]);
  const { items } = await client.bulk({ operations });
  const failed = items.find(({ create }) => (create?.status ?? 500) >= 300 && create?.status !== 409);
  if (failed !== undefined) throw new Error(JSON.stringify(failed));
  const lastOfPartitions = new Map(messages.map((message) => [message.partition, message]));
  for (const message of lastOfPartitions.values()) await message.commit();
}

function toIndex(/** @type {string} */ createdAt) {
  return `sentiment-${new Date(createdAt).toISOString().slice(0, "2018-10".length)}`;
}

/** @param {{ created_at: string, text: string, user: { screen_name: string, name: string } }} tweet */
function toDocument({ created_at, text, user }, /** @type {object | undefined} */ score) {
  return {
    "twitter.created_at": created_at,
    "twitter.handle": user.screen_name,
    "twitter.msg": text,
    "twitter.user": user.name,
    ...score,
    Date: new Date().toUTCString(),
    "X-Start-Time": Date.now(),
  };
}

const stream = await consumer.consume({
  topics: [TOPIC],
  mode: "earliest",
  autocommit: false,
  maxWaitTime: 100,
  highWaterMark: maxBatch,
});
/** @type {Message[]} */
let batch = [];
for await (const message of stream) {
  batch.push(message);
  if (batch.length < maxBatch && stream.readableLength > 0) continue;
  await deliver(batch);
  batch = [];
}
