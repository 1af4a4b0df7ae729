/**
 * The results of a benchmark run, written by `npm run bench -- --json FILE`.
 *
 * @typedef {{ name: string, ours: Figure, peers: Figure[] }} Row
 * @typedef {{ name: string, value?: number }} Figure
 */

/**
 * A part of the platform: the capacity of one instance, in tweets per second, and the number of instances in deploy/base.
 *
 * @typedef {{ name: string, rate: number, deployed: number }} Part
 */

/** The planned utilisation; the reserve is for peaks, rebalances and a missing replica. */
const targetUtilisation = 0.6;

/**
 * The partitions of the topic in the benchmark, which shared the measured rate. Each partition has one batch in flight, so
 * throughput grows with the number of partitions.
 */
const partitionsInBench = 3;

/** The benchmark's tweets span two months, so the bare client wrote to two indexes with one shard each. */
const shardsInBench = 2;

/** The row for the configuration of stack.yml: tweet-enrich writes to the index and to a topic. */
const asDeployed = "the same, into a second topic as well";

/** Lucene's limit of documents in a shard, and the seconds of the longest month, because each index has one month. */
const documentsInShard = 2_147_483_519;
const secondsInMonth = 31 * 86_400;

const shardsByDocuments = "the same, by documents a month";

/** The number of instances in deploy/base; for functions, the minimum of their autoscalers. */
const deployed = { connector: 1, gateway: 1, function: 1, partitions: 3, shards: 1 };

/** Tweets per second on one core, from the processor seconds for 100,000 tweets. */
const rateFromSeconds = (/** @type {number} */ seconds) => 100_000 / seconds;
/** Tweets per second on one core, from the processor microseconds for one tweet. */
const rateFromMicroseconds = (/** @type {number} */ microseconds) => 1e6 / microseconds;

/**
 * Computes the capacity of the parts on both paths of a tweet: in batches through the kafka-connector, or with one call of
 * sentiment per tweet, as in the book's flow.
 *
 * @param {readonly Row[]} rows
 * @returns {Part[]}
 * @throws Error with the benchmark whose row is missing
 */
export function readParts(rows) {
  const stream = (/** @type {string} */ metric) =>
    findFigure(rows, `${metric} from topic to index`, asDeployed);
  const seconds = (/** @type {string} */ part) =>
    rateFromSeconds(stream(`enrich, processor time of the ${part} for 100,000`));
  const bulk = findFigure(
    rows,
    "enrich from topic to index",
    "a bare bulk client, 2,000 documents a request",
  );
  const sentiment = (/** @type {string} */ how) =>
    rateFromMicroseconds(findFigure(rows, `overhead: sentiment, processor time ${how}`));
  return [
    { name: "tweet-enrich", rate: seconds("function"), deployed: deployed.function },
    { name: "kafka-connector", rate: seconds("connector"), deployed: deployed.connector },
    { name: "gateway", rate: seconds("gateway"), deployed: deployed.gateway },
    {
      name: "Kafka partitions",
      rate: stream("enrich") / partitionsInBench,
      deployed: deployed.partitions,
    },
    { name: "Elasticsearch shards", rate: bulk / shardsInBench, deployed: deployed.shards },
    { name: shardsByDocuments, rate: documentsInShard / secondsInMonth, deployed: deployed.shards },
    {
      name: "sentiment, batches of 1,000",
      rate: sentiment("in batches of 1,000"),
      deployed: deployed.function,
    },
    { name: "sentiment, a call a tweet", rate: sentiment("at 8 connections"), deployed: deployed.function },
  ];
}

/**
 * Whether a part limits the immediate rate of tweets in batches. The other parts belong to the book's flow, which replaces
 * tweet-enrich, or fill up over a month.
 */
const isOnCriticalPath = (/** @type {Part} */ { name }) =>
  !name.startsWith("sentiment") && name !== shardsByDocuments;

/**
 * Computes the number of instances of each part for a rate, and the bottleneck: the part with the highest load as deployed.
 *
 * @param {readonly Part[]} parts
 * @param {number} tweetsPerSecond
 */
export function planCapacity(parts, tweetsPerSecond) {
  const needs = parts.map((part) => ({
    ...part,
    needed: Math.ceil(tweetsPerSecond / (part.rate * targetUtilisation)),
    load: tweetsPerSecond / (part.rate * part.deployed),
  }));
  const [bottleneck] = needs.filter(isOnCriticalPath).sort((a, b) => b.load - a.load);
  if (bottleneck === undefined) throw new Error("There are no parts.");
  return { needs, bottleneck };
}

/**
 * @param {readonly Row[]} rows
 * @param {string} name
 * @param {string} [peer] the peer; ours by default
 */
function findFigure(rows, name, peer) {
  const row = rows.find((candidate) => candidate.name === name);
  const figure = peer === undefined ? row?.ours : row?.peers.find((candidate) => candidate.name === peer);
  if (figure?.value !== undefined) return figure.value;
  const bench = name.split(/[:, ]/)[0];
  throw new Error(
    `The file has no figure for "${peer ?? name}". Measure it: npm run bench -- --only ${bench} --json FILE`,
  );
}
