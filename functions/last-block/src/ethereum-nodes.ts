import {
  PeerBadAnswerError,
  PeerTimeoutError,
  PeerUnavailableError,
} from "@platform/shared/errors/peer-errors";
import type { NodeError } from "@platform/shared/ethereum/node-error";
import type { RpcCall } from "@platform/shared/ethereum/rpc-client";
import {
  type CheckedNode,
  type CheckedNodeOptions,
  createCheckedNode,
  type ReadResults,
} from "./checked-node.ts";

/** One or more nodes of the same chain, of which the first good one answers. */
export interface EthereumNodes {
  /**
   * Asks the nodes in their order, those that failed lately last, until one gives a result.
   * @param read makes it of the calls' results: undefined when the node has no such block, which is believed when no
   * other has it. What it throws is a bad answer of the node.
   * @param until when to give up, by performance.now().
   * @throws PeerUnavailableError (503), PeerTimeoutError (504), PeerBadAnswerError (502).
   */
  ask<Result>(
    calls: readonly RpcCall[],
    read: ReadResults<Result | undefined>,
    until: number,
  ): Promise<Result | undefined>;
  close(): void;
}

/** The nodes and what they are held to; times in milliseconds. */
export interface EthereumNodesOptions extends CheckedNodeOptions {
  urls: readonly string[];
  /** How many blocks a node may be behind the best. */
  maxLag: number;
  /** How old what is known of several nodes, or of a node's chain, may be. */
  recheck: number;
  /** Called when a node failed and the next one is called. */
  onRetry?(): void;
  /** Told when one of several nodes is left out from now on, and why, and when it is good again. */
  onChange(host: string, problem: string | undefined): void;
}

/** A node that takes longer to tell a number is no better than one that is out of reach. In milliseconds. */
const checkTimeout = 1_000;

/** The nodes; connects at the first call. */
export function createEthereumNodes(options: EthereumNodesOptions): EthereumNodes {
  const { urls, timeout, maxLag, recheck, onChange, onRetry } = options;
  const nodes = urls.map((url) => createCheckedNode(url, options));
  const leftOut = new Set<CheckedNode>();
  let checked = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;

  /** Compares several nodes where the last comparison is old: beside the calls, or before them once it is older than `recheck`. */
  async function compare(until: number): Promise<void> {
    const now = performance.now();
    if (nodes.length === 1 || now - checked <= recheck / 2 || now >= until) return;
    // Half of the time that is left must do for it.
    checking ??= checkAll(Math.min(timeout, checkTimeout, (until - now) / 2));
    if (now - checked > recheck) await checking;
  }

  async function checkAll(limit: number): Promise<void> {
    // Those that have failed are not waited for.
    await Promise.all(
      nodes.map((node) => (node.fault === undefined ? node.check(limit) : void node.check(limit))),
    );
    checked = performance.now();
    checking = undefined;
    tellChanges();
  }

  /** How many blocks a node is behind the best of those that answered. */
  function lagOf({ head }: CheckedNode): number {
    return head === undefined ? 0 : Math.max(...nodes.map((other) => other.head ?? 0)) - head;
  }

  function tellChanges(): void {
    if (nodes.length === 1) return;
    for (const node of nodes) {
      const problem =
        lagOf(node) > maxLag ? `${lagOf(node)} blocks behind` : node.fault && reasonOf(node.fault);
      if (leftOut.has(node) === (problem !== undefined)) continue;
      if (problem === undefined) leftOut.delete(node);
      else leftOut.add(node);
      onChange(node.host, problem);
    }
  }

  /** Those that are not behind, the ones that failed last. */
  function candidates(): CheckedNode[] {
    const current = nodes.filter((node) => lagOf(node) <= maxLag);
    const isGood = (node: CheckedNode) => node.fault === undefined;
    return [...current.filter(isGood), ...current.filter((node) => !isGood(node))];
  }

  return {
    async ask(calls, read, until) {
      await compare(until);
      const failures: NodeError[] = [];
      let isMissing = false;
      for (const node of candidates()) {
        const left = until - performance.now();
        if (left <= 0 || (isMissing && node.fault !== undefined)) break;
        if (failures.length > 0) onRetry?.();
        try {
          const result = await node.ask(calls, read, Math.min(timeout, left));
          if (result !== undefined) return result;
          isMissing = true;
        } catch (error) {
          failures.push(error as NodeError);
          tellChanges();
        }
      }
      if (isMissing) return undefined;
      throw nodes.length === 1 && failures[0] ? failures[0] : commonError(nodes, failures);
    },
    close() {
      for (const node of nodes) node.close();
    },
  };
}

/**
 * One error for all nodes: theirs where they failed alike, else that they are out of reach or busy. Callers wait for
 * the node that may be back first; one that is broken (502) does not count.
 */
function commonError(nodes: readonly CheckedNode[], failures: readonly NodeError[]): NodeError {
  const mayReturn = failures.filter(({ status }) => status !== 502);
  const waits = mayReturn.map((error) => (error instanceof PeerUnavailableError ? error.retryAfter : 1));
  const facts = {
    setting: "GETH_RPC_ENDPOINT",
    host: nodes.map(({ host }) => host).join(", "),
    retryAfter: waits.length === 0 ? undefined : Math.min(...waits),
    cause: new Error(failures.map((error) => `${error.message} ${reasonOf(error)}`).join("; ")),
  };
  if (failures.every(({ status }) => status === 504)) return new PeerTimeoutError(facts);
  if (failures.every(({ status }) => status === 502)) return new PeerBadAnswerError(facts);
  return new PeerUnavailableError(facts);
}

function reasonOf({ cause, code }: NodeError): string {
  const { message } = Object(cause) as { message?: unknown };
  return message ? String(message) : code;
}
