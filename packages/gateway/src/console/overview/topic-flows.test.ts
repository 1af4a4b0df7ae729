import type { Admin } from "kafkajs";
import { TopicFlows } from "./topic-flows.ts";

/** The contents of a fake Kafka. */
interface Content {
  topics: Record<string, { low: number; high: number }[]>;
  groups: Record<string, { state: string; offsets: number[] }>;
  mayListGroups?: boolean;
}

/** A fake of kafkajs' admin client. */
function fakeAdmin({ topics, groups, mayListGroups = true }: Content): Admin {
  const admin: Partial<Record<keyof Admin, unknown>> = {
    listTopics: async () => Object.keys(topics),
    async listGroups() {
      if (!mayListGroups) throw Object.assign(new Error(), { type: "CLUSTER_AUTHORIZATION_FAILED" });
      return { groups: Object.keys(groups).map((groupId) => ({ groupId, protocolType: "consumer" })) };
    },
    fetchTopicOffsets: async (topic: string) =>
      topics[topic]!.map(({ low, high }, partition) => ({
        partition,
        low: String(low),
        high: String(high),
        offset: String(high),
      })),
    fetchOffsets: async ({ groupId, topics: [topic] }: { groupId: string; topics: string[] }) => [
      {
        topic,
        partitions: groups[groupId]!.offsets.map((offset, partition) => ({
          partition,
          offset: String(offset),
        })),
      },
    ],
    describeGroups: async ([groupId]: string[]) => ({
      groups: [{ groupId, state: groups[groupId!]!.state }],
    }),
  };
  return admin as unknown as Admin;
}

const enrich = { name: "tweet-enrich", topics: ["twitter"] };
const twitter = {
  twitter: [
    { low: 10, high: 30 },
    { low: 0, high: 5 },
  ],
};

it("counts messages, dead letters, and the lag of the connector's group", async () => {
  const admin = fakeAdmin({
    topics: { ...twitter, "twitter.dead-letter": [{ low: 0, high: 2 }] },
    // Partition 1 has no committed offset. Offsets below the first message belong to deleted messages.
    groups: { "kafka-connector-tweet-enrich": { state: "Stable", offsets: [4, -1] } },
  });
  expect(await new TopicFlows().read(admin, [enrich, { name: "other", topics: [] }])).toEqual([
    {
      name: "twitter",
      messages: 25,
      perSecond: null,
      deadLetters: { messages: 2, perSecond: null },
      consumers: [
        {
          functionName: "tweet-enrich",
          group: "kafka-connector-tweet-enrich",
          isRunning: true,
          lag: 25,
          perSecond: null,
        },
      ],
    },
  ]);
});

it("finds the group of a connector with another prefix, and reports that it does not run", async () => {
  const admin = fakeAdmin({
    topics: twitter,
    groups: { "mine-tweet-enrich": { state: "Empty", offsets: [30, 4] } },
  });
  const [flow] = await new TopicFlows().read(admin, [enrich]);
  expect(flow?.consumers).toMatchObject([{ group: "mine-tweet-enrich", isRunning: false, lag: 1 }]);
});

it("reports a missing topic, and works without the right to list groups", async () => {
  const missing = await new TopicFlows().read(fakeAdmin({ topics: {}, groups: {} }), [enrich]);
  expect(missing).toMatchObject([{ name: "twitter", messages: null, deadLetters: null }]);
  const [flow] = await new TopicFlows().read(
    fakeAdmin({ topics: twitter, groups: {}, mayListGroups: false }),
    [enrich],
  );
  expect(flow).toMatchObject({ messages: 25, consumers: [{ group: null, lag: null }] });
});
