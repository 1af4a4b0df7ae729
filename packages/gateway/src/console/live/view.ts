import type { FunctionFlow, TopicFlow } from "../overview/view.ts";

/**
 * The events that the gateway sends to the console's page. Each carries one of these as JSON.
 */
export interface LiveEvents {
  about: About;
  functions: FunctionView[];
  sentiment: SentimentView;
  chain: ChainView;
  health: DependencyView[];
  /** The functions as parts of the pipeline. */
  pipeline: FunctionFlow[];
  /** The topics that functions read; no such event without Kafka. */
  topics: TopicFlow[];
}

/** Facts that do not change while the gateway runs. */
export interface About {
  version: string;
  /** What runs the functions, such as "npm start". */
  provider: string;
  /** Whether the console is read-only (`UI_READ_ONLY`). */
  isReadOnly: boolean;
  /** The source of posts within this program, such as "Invented posts"; unset: posts come only from callers and topics. */
  postSource?: string | undefined;
}

/** A function and how its latest calls went. */
export interface FunctionView {
  name: string;
  description: string;
  replicas: { wanted: number; available: number };
  /** Calls that it has answered. */
  invocations: number;
  /** Of its last 100 calls; null before the first. Times in milliseconds. */
  latest: { calls: number; failed: number; p50: number; p95: number } | null;
  /** null unless `npm run dev` builds it. */
  build: BuildView | null;
}

/** What `npm run dev` did with a function's code. */
export interface BuildView {
  /** When the code was last replaced, in milliseconds since 1970; null before the first time. */
  reloadedAt: number | null;
  /** The first line of a build or type error in the latest code; empty without one. */
  problem: string;
}

/** The documents of the last hour and of the last day. */
export interface SentimentView {
  hour: SentimentSummary;
  day: SentimentSummary;
}

/** Documents that were scored within some time. */
export interface SentimentSummary {
  /** Milliseconds since 1970; from is not part of it, to is. */
  from: number;
  to: number;
  count: number;
  /** The mean polarity, with six decimals; null without documents. */
  mean: number | null;
  /** How many documents have a polarity from `from` up to the next one: -1, -0.5, 0, 0.5, 1. */
  histogram: { from: number; count: number }[];
  /** The mean polarity of each step of time in which there are documents. */
  overTime: { time: number; count: number; mean: number }[];
  /** The latest 20. */
  newest: ScoredPost[];
}

/** A document, cut down to what is shown. */
export interface ScoredPost {
  index: string;
  id: string;
  handle: string | null;
  user: string | null;
  /** At most 500 characters. */
  text: string;
  polarity: number;
  subjectivity: number;
  /** When it was scored, in milliseconds since 1970. */
  time: number;
}

/** The end of an Ethereum chain. */
export interface ChainView {
  chainId: number;
  /** null where the node does not tell. */
  peers: number | null;
  /** Newest first. */
  blocks: BlockView[];
  /** The seconds between each of the latest 100 blocks and the one before it, oldest first, without those since the genesis. */
  deltas: { number: number; seconds: number }[];
  accounts: { address: string; ether: string }[];
  /** Whether the accounts' ether can be sent from the page. */
  canSend: boolean;
}

interface BlockView {
  number: number;
  hash: string;
  /** Milliseconds since 1970. */
  time: number;
  transactions: number;
  gasUsed: number;
}

/** A service that the platform uses. */
export interface DependencyView {
  /** Such as "Elasticsearch". */
  name: string;
  /** The setting that points to it. */
  setting: string;
  /** off: the setting is unset, and nothing is embedded. */
  kind: "real" | "embedded" | "off";
  /** Its host, or what is embedded, without secrets. */
  place: string;
  /** unknown: the page has no connection to the gateway; the gateway itself never says so. */
  state: "up" | "down" | "checking" | "off" | "unknown";
  /** The problem, or a note. */
  detail: string;
  /** While it is down: when it last answered, in milliseconds since 1970, if it has. */
  lastUp?: number | undefined;
}
