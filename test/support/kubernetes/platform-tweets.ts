import { documents, type Hit, refresh } from "../elasticsearch/documents.ts";
import { kafkaClient } from "../kafka/topic-messages.ts";
import { waitFor } from "../wait-for.ts";
import { forward } from "./data-namespace.ts";

/** Sends tweets to the topic `twitter` of the platform; the broker's name resolves to the forwarded port. */
export async function sendTweets(ids: readonly string[]): Promise<void> {
  await using kafka = await forward("kafka-0", 9092);
  const client = kafkaClient("kafka.data:9092", { host: "127.0.0.1", port: kafka.port });
  const producer = client.producer();
  await producer.connect();
  const messages = ids.map((id) => ({ key: id, value: JSON.stringify(tweet(id)) }));
  await producer.send({ topic: "twitter", messages });
  await producer.disconnect();
}

/** Waits until Elasticsearch has the documents of tweets, and returns all of its documents. */
export async function awaitDocuments(ids: readonly string[]): Promise<Map<string, Hit>> {
  await using elasticsearch = await forward("elasticsearch-0", 9200);
  const { url } = elasticsearch;
  const stored = async () => {
    await refresh(url);
    const hits = new Map<string, Hit>();
    for await (const hit of documents(url)) hits.set(hit._id, hit);
    return ids.every((id) => hits.has(id)) && hits;
  };
  return await waitFor(`${ids.length} documents`, () => stored().catch(() => false as const), 120_000);
}

/** A tweet in the form of Twitter's API v1.1. */
function tweet(id: string) {
  const user = { screen_name: "ada", name: "Ada" };
  return { id_str: id, created_at: "Wed Oct 10 20:19:24 +0000 2018", text: "People are kind", user };
}
