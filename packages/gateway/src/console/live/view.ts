import type { FunctionFlow, TopicFlow } from "../overview/view.ts";

/**
 * The events of the console's page, with the type of their JSON data.
 */
export interface LiveEvents {
  about: About;
  functions: FunctionView[];
  sentiment: SentimentView;
  chain: ChainView;
  health: DependencyView[];
  /** The functions as parts of the pipeline. */
  pipeline: FunctionFlow[];
  /** The topics of functions; the event is absent without Kafka. */
  topics: TopicFlow[];
}

/** Facts that do not change while the gateway runs. */
export interface About {
  version: string;
  /** The provider of the functions, such as "npm start". */
  provider: string;
  /** Whether the console is read-only (`UI_READ_ONLY`). */
  isReadOnly: boolean;
  /** The source of posts within this program, such as "Invented posts"; unset: posts come only from callers and topics. */
  postSource?: string | undefined;
}

/** A function and the figures of its latest calls. */
export interface FunctionView {
  name: string;
  description: string;
  replicas: { wanted: number; available: number };
  /** The number of answered calls. */
  invocations: number;
  /** Figures of the last 100 calls, in milliseconds; null before the first call. */
  latest: { calls: number; failed: number; p50: number; p95: number } | null;
  /** null unless `npm run dev` builds the function. */
  build: BuildView | null;
}

/** The latest build of a function by `npm run dev`. */
export interface BuildView {
  /** The time of the last reload, in milliseconds since 1970; null before the first one. */
  reloadedAt: number | null;
  /** The first line of a build or type error in the latest code; empty without one. */
  problem: string;
}

/** The documents of the last hour and of the last day. */
export interface SentimentView {
  hour: SentimentSummary;
  day: SentimentSummary;
}

/** A summary of the documents scored within a time window. */
export interface SentimentSummary {
  /** Milliseconds since 1970; `from` is exclusive, `to` is inclusive. */
  from: number;
  to: number;
  count: number;
  /** The mean polarity, with six decimals; null without documents. */
  mean: number | null;
  /** The number of documents per bar. A bar starts at -1, -0.5, 0, 0.5 or 1. */
  histogram: { from: number; count: number }[];
  /** The mean polarity of each time step with documents. */
  overTime: { time: number; count: number; mean: number }[];
  /** The latest 20. */
  newest: ScoredPost[];
}

/** A document, reduced to the displayed fields. */
export interface ScoredPost {
  index: string;
  id: string;
  handle: string | null;
  user: string | null;
  /** At most 500 characters. */
  text: string;
  polarity: number;
  subjectivity: number;
  /** The time of the score, in milliseconds since 1970. */
  time: number;
}

/** The latest blocks of an Ethereum chain. */
export interface ChainView {
  chainId: number;
  /** null if the node does not report it. */
  peers: number | null;
  /** Newest first. */
  blocks: BlockView[];
  /** The seconds between the latest 100 blocks, oldest first, without the time since the genesis block. */
  deltas: { number: number; seconds: number }[];
  accounts: { address: string; ether: string }[];
  /** Whether the page can send ether of the accounts. */
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
  /** The setting with its address. */
  setting: string;
  /** off: the setting is unset, and no embedded service replaces it. */
  kind: "real" | "embedded" | "off";
  /** Its host, or the embedded service, without secrets. */
  place: string;
  /** unknown: the page has no connection to the gateway. The gateway never sends this state. */
  state: "up" | "down" | "checking" | "off" | "unknown";
  /** The problem, or a note. */
  detail: string;
  /** The time of its last answer while it is down, in milliseconds since 1970. */
  lastUp?: number | undefined;
}
