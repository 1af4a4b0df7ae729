/**
 * What a bench of ours says: `npm run bench -- --json FILE` wrote it.
 *
 * @typedef {{ name: string, ours: Figure, peers: Figure[] }} Row
 * @typedef {{ name: string, value?: number }} Figure
 */

/**
 * A part of the platform: what one of it takes, in tweets a second, and how many deploy/base has.
 *
 * @typedef {{ name: string, rate: number, deployed: number }} Part
 */

/** So much of what a part can take it is planned with: the rest is for peaks, rebalances and a replica that is away. */
const targetUtilisation = 0.6;

/**
 * The partitions of the topic in the bench, all of which had their share of the rate that was measured. A partition has one
 * batch in flight, so that more of them are more at a time.
 */
const partitionsInBench = 3;

/** The bench's tweets are of two months, so the bare client wrote to two indexes of one shard. */
const shardsInBench = 2;

/** stack.yml lets tweet-enrich write to the index and to a topic. */
const asDeployed = "the same, into a second topic as well";

/** Documents that a shard holds, by Lucene's limit, and the seconds of the longest month: an index is for a month. */
const documentsInShard = 2_147_483_519;
const secondsInMonth = 31 * 86_400;

const shardsByDocuments = "the same, by documents a month";

/** What deploy/base has of each; the functions' replicas are the fewest of their autoscalers. */
const deployed = { connector: 1, gateway: 1, function: 1, partitions: 3, shards: 1 };

/** Tweets a second of one core, by the seconds of it that 100,000 take. */
const rateOfSeconds = (/** @type {number} */ seconds) => 100_000 / seconds;
/** The same by microseconds for one. */
const rateOfMicroseconds = (/** @type {number} */ microseconds) => 1e6 / microseconds;

/**
 * The parts on a tweet's two ways: by the kafka-connector in batches, or with a call of sentiment for each, as the book's
 * flow does.
 *
 * @param {readonly Row[]} rows
 * @returns {Part[]}
 * @throws Error that names the benchmark whose row is missing
 */
export function partsOf(rows) {
  const stream = (/** @type {string} */ metric) =>
    figureOf(rows, `${metric} from topic to index`, asDeployed);
  const seconds = (/** @type {string} */ part) =>
    rateOfSeconds(stream(`enrich, processor time of the ${part} for 100,000`));
  const bulk = figureOf(rows, "enrich from topic to index", "a bare bulk client, 2,000 documents a request");
  const sentiment = (/** @type {string} */ how) =>
    rateOfMicroseconds(figureOf(rows, `overhead: sentiment, processor time ${how}`));
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
 * What is on the way of a tweet in batches and limits its rate at once. The others are of the book's flow, which has them in
 * place of tweet-enrich, or fill up within a month.
 */
const isOnTheWay = (/** @type {Part} */ { name }) =>
  !name.startsWith("sentiment") && name !== shardsByDocuments;

/**
 * How many of each part so many tweets a second need, and the part whose deployed number they load the most.
 *
 * @param {readonly Part[]} parts
 * @param {number} tweetsPerSecond
 */
export function planFor(parts, tweetsPerSecond) {
  const needs = parts.map((part) => ({
    ...part,
    needed: Math.ceil(tweetsPerSecond / (part.rate * targetUtilisation)),
    load: tweetsPerSecond / (part.rate * part.deployed),
  }));
  const [bottleneck] = needs.filter(isOnTheWay).sort((a, b) => b.load - a.load);
  if (bottleneck === undefined) throw new Error("There are no parts.");
  return { needs, bottleneck };
}

/**
 * @param {readonly Row[]} rows
 * @param {string} name
 * @param {string} [peer] whose figure it is; ours without it
 */
function figureOf(rows, name, peer) {
  const row = rows.find((one) => one.name === name);
  const figure = peer === undefined ? row?.ours : row?.peers.find((one) => one.name === peer);
  if (figure?.value !== undefined) return figure.value;
  const bench = name.split(/[:, ]/)[0];
  throw new Error(
    `The file has no figure for "${peer ?? name}": run npm run bench -- --only ${bench} --json FILE`,
  );
}
