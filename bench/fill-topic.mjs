/** @typedef {import("./services.ts").SampleTweet} SampleTweet */

/**
 * Sends tweets to a topic.
 *
 * @param {import("kafkajs").Kafka} kafka
 * @param {string} topic
 * @param {readonly SampleTweet[]} tweets
 */
export async function fillTopic(kafka, topic, tweets) {
  const producer = kafka.producer();
  await producer.connect();
  for (let sent = 0; sent < tweets.length; sent += 1_000) {
    const messages = tweets.slice(sent, sent + 1_000).map(({ id, json }) => ({ key: id, value: json }));
    await producer.send({ topic, messages });
  }
  await producer.disconnect();
}
