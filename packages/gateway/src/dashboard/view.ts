/**
 * What the dashboard's server tells its page, as JSON: an event of each name carries one of these.
 */
export interface DashboardEvents {
  about: About;
  functions: FunctionView[];
  sentiment: SentimentView;
  chain: ChainView;
  health: DependencyView[];
}

/** What does not change. */
export interface About {
  version: string;
  /** What runs the functions, such as "npm start". */
  provider: string;
}

/** A function and how its latest calls went. */
export interface FunctionView {
  name: string;
  description: string;
  replicas: { wanted: number; available: number };
  /** Calls that it has answered. */
  invocations: number;
  /** Of its latest calls; null before the first. Times in milliseconds. */
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
  /** The seconds between each of the latest 100 blocks and the one before it, oldest first. */
  deltas: { number: number; seconds: number }[];
  accounts: { address: string; ether: string }[];
  /** Whether the accounts' ether can be sent from the page. */
  canSend: boolean;
}

export interface BlockView {
  number: number;
  hash: string;
  /** Milliseconds since 1970. */
  time: number;
  transactions: number;
  gasUsed: number;
}

/** Something that the platform needs or may use. */
export interface DependencyView {
  /** Such as "Elasticsearch". */
  name: string;
  /** The setting that points to it. */
  setting: string;
  /** off: the setting is not set, and nothing stands in. */
  kind: "real" | "embedded" | "off";
  /** Where or what it is, without secrets. */
  place: string;
  state: "up" | "down" | "checking" | "off";
  /** What is wrong, or worth to know. */
  detail: string;
}
