import { deadLetterTopic } from "@platform/delivery/dead-letters";
import type { Admin } from "kafkajs";
import { authorizationFailure } from "../topics/authorization-failure.ts";
import { CounterRates } from "./counter-rates.ts";
import type { ConsumerFlow, FunctionFlow, TopicFlow } from "./view.ts";

/** The functions of a topic. */
type Readers = ReadonlyMap<string, readonly string[]>;

/** Maximum topics of the picture. */
const maxTopics = 20;

/** Reads the topics of functions, their dead letters and consumer groups, and computes rates between readings. */
export class TopicFlows {
  readonly #rates = new CounterRates();

  async read(
    admin: Admin,
    functions: readonly Pick<FunctionFlow, "name" | "topics">[],
  ): Promise<TopicFlow[]> {
    const readers = mapReaders(functions);
    if (readers.size === 0) return [];
    const existing = new Set(await admin.listTopics());
    const groups = await consumerGroups(admin);
    const flows = await Promise.all(
      [...readers].map(([name, names]) => this.#readTopic(admin, { name, names, existing, groups })),
    );
    return flows.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async #readTopic(
    admin: Admin,
    facts: {
      name: string;
      names: readonly string[];
      existing: ReadonlySet<string>;
      groups: readonly string[];
    },
  ): Promise<TopicFlow> {
    const { name, names, existing, groups } = facts;
    if (!existing.has(name)) {
      return { name, messages: null, perSecond: null, deadLetters: null, consumers: names.map(noGroup) };
    }
    const deadLetterName = deadLetterTopic(name);
    const [ends, letters] = await Promise.all([
      readEnds(admin, name),
      existing.has(deadLetterName) ? readEnds(admin, deadLetterName) : null,
    ]);
    const consumers = names.map((functionName) =>
      this.#readGroup(admin, { name, functionName, groups, ends }),
    );
    return {
      name,
      ...this.#counted(name, ends),
      deadLetters: letters && this.#counted(deadLetterName, letters),
      consumers: await Promise.all(consumers),
    };
  }

  #counted(name: string, ends: readonly PartitionEnds[]) {
    const written = sumAll(ends.map(({ high }) => high));
    return {
      messages: sumAll(ends.map(({ high, low }) => high - low)),
      perSecond: this.#rates.perSecond(`topic ${name}`, written),
    };
  }

  async #readGroup(
    admin: Admin,
    facts: { name: string; functionName: string; groups: readonly string[]; ends: readonly PartitionEnds[] },
  ): Promise<ConsumerFlow> {
    const { name, functionName, groups, ends } = facts;
    const group = findGroup(groups, functionName);
    if (group === undefined) return noGroup(functionName);
    const [[offsets], { groups: described }] = await Promise.all([
      admin.fetchOffsets({ groupId: group, topics: [name] }),
      admin.describeGroups([group]),
    ]);
    const next = new Map(offsets?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    // Without a committed offset, the connector starts at the first message.
    const passed = ends.map(({ partition, low }) => Math.max(low, next.get(partition) ?? low));
    return {
      functionName,
      group,
      isRunning: !["Empty", "Dead"].includes(described[0]?.state ?? "Dead"),
      lag: sumAll(ends.map(({ high }, index) => Math.max(0, high - passed[index]!))),
      perSecond: this.#rates.perSecond(`group ${group} ${name}`, sumAll(passed)),
    };
  }
}

/** The offsets of the first message and of the next message to be written. */
interface PartitionEnds {
  partition: number;
  low: number;
  high: number;
}

async function readEnds(admin: Admin, topic: string): Promise<PartitionEnds[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }));
}

/** Maps the topics of functions to their functions. */
function mapReaders(functions: readonly Pick<FunctionFlow, "name" | "topics">[]): Readers {
  const readers = new Map<string, string[]>();
  for (const { name, topics } of functions) {
    for (const topic of topics) {
      const names = readers.get(topic);
      if (names !== undefined) names.push(name);
      else if (readers.size < maxTopics) readers.set(topic, [name]);
    }
  }
  return readers;
}

/** Lists the ids of consumer groups; empty without the right to read them. */
async function consumerGroups(admin: Admin): Promise<string[]> {
  try {
    const { groups } = await admin.listGroups();
    return groups.map(({ groupId }) => groupId);
  } catch (error) {
    if (authorizationFailure(error) !== undefined) return [];
    throw error;
  }
}

/** Finds the connector's group of a function. Its name is GROUP_PREFIX (default `kafka-connector`) and the function's name. */
function findGroup(groups: readonly string[], functionName: string): string | undefined {
  const usual = `kafka-connector-${functionName}`;
  return groups.includes(usual) ? usual : groups.find((group) => group.endsWith(`-${functionName}`));
}

function noGroup(functionName: string): ConsumerFlow {
  return { functionName, group: null, isRunning: false, lag: null, perSecond: null };
}

function sumAll(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
