import type { PastBlock } from "../src/block-history.ts";
import type { NetworkView as ServerView } from "../src/network.ts";
import type { NodeState } from "../src/node-state.ts";

/** The answer of `GET /api/nodes` and the data of the event `snapshot`. */
export type NetworkView = Json<ServerView>;

/** An item of `nodes`. */
export type NodeView = Json<NodeState>;

/** The head of a node's chain. */
export type HeadView = NonNullable<NodeView["block"]>;

/** An item of `blocks`. */
export type BlockView = Json<PastBlock>;

/** A type after a round trip through JSON. Large integers are rounded; the page shows only three digits. */
type Json<T> = T extends Date
  ? string
  : T extends bigint
    ? number
    : T extends object
      ? { [Name in keyof T]: Json<T[Name]> }
      : T;
