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

/** One or more nodes of the same chain; the first healthy node answers. */
export interface EthereumNodes {
  /**
   * Asks the nodes in order, recently failed nodes last, until one returns a result. Resolves with undefined when no
   * healthy node has the block.
   * @param read converts the results of the calls; returns undefined when the node lacks the block. An error that it
   * throws counts as a bad answer of the node.
   * @param deadline on the clock of performance.now()
   * @throws PeerUnavailableError (503), PeerTimeoutError (504), PeerBadAnswerError (502).
   */
  ask<Result>(
    calls: readonly RpcCall[],
    read: ReadResults<Result | undefined>,
    deadline: number,
  ): Promise<Result | undefined>;
  close(): void;
}

/** The nodes with their requirements and limits; times in milliseconds. */
export interface EthereumNodesOptions extends CheckedNodeOptions {
  urls: readonly string[];
  /** How many blocks a node may lag behind the best. */
  maxLag: number;
  /** How long the state of several nodes, and the chain id of a node, are cached. */
  recheck: number;
  /** Called when a node failed and the next one is asked. */
  onRetry?(): void;
  /** Called when one of several nodes is excluded (with the problem) and when it recovers (without). */
  onChange(host: string, problem: string | undefined): void;
}

/** A node that takes longer to return its block number counts as unreachable. In milliseconds. */
const checkTimeout = 1_000;

/** Creates the nodes; each connects at its first call. */
export function createEthereumNodes(options: EthereumNodesOptions): EthereumNodes {
  const { urls, timeout, maxLag, recheck, onChange, onRetry } = options;
  const nodes = urls.map((url) => createCheckedNode(url, options));
  const excluded = new Set<CheckedNode>();
  let checked = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;

  /** Compares several nodes: in the background after half of `recheck`, before the call after all of it. */
  async function compare(deadline: number): Promise<void> {
    const now = performance.now();
    if (nodes.length === 1 || now - checked <= recheck / 2 || now >= deadline) return;
    // The comparison may take half of the remaining time.
    checking ??= checkAll(Math.min(timeout, checkTimeout, (deadline - now) / 2));
    if (now - checked > recheck) await checking;
  }

  async function checkAll(timeoutMs: number): Promise<void> {
    // Failed nodes are checked, too, but not awaited.
    await Promise.all(
      nodes.map((node) => (node.fault === undefined ? node.check(timeoutMs) : void node.check(timeoutMs))),
    );
    checked = performance.now();
    checking = undefined;
    reportChanges();
  }

  /** How many blocks a node lags behind the best of the nodes that answered. */
  function computeLag({ head }: CheckedNode): number {
    return head === undefined ? 0 : Math.max(...nodes.map((other) => other.head ?? 0)) - head;
  }

  function reportChanges(): void {
    if (nodes.length === 1) return;
    for (const node of nodes) {
      const problem =
        computeLag(node) > maxLag ? `${computeLag(node)} blocks behind` : node.fault && toReason(node.fault);
      if (excluded.has(node) === (problem !== undefined)) continue;
      if (problem === undefined) excluded.delete(node);
      else excluded.add(node);
      onChange(node.host, problem);
    }
  }

  /** Nodes that are not lagging; recently failed nodes last. */
  function candidates(): CheckedNode[] {
    const current = nodes.filter((node) => computeLag(node) <= maxLag);
    const isGood = (node: CheckedNode) => node.fault === undefined;
    return [...current.filter(isGood), ...current.filter((node) => !isGood(node))];
  }

  return {
    async ask(calls, read, deadline) {
      await compare(deadline);
      const failures: NodeError[] = [];
      let isMissing = false;
      for (const node of candidates()) {
        const remainingMs = deadline - performance.now();
        if (remainingMs <= 0 || (isMissing && node.fault !== undefined)) break;
        if (failures.length > 0) onRetry?.();
        try {
          const result = await node.ask(calls, read, Math.min(timeout, remainingMs));
          if (result !== undefined) return result;
          isMissing = true;
        } catch (error) {
          failures.push(error as NodeError);
          reportChanges();
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
 * Combines the failures of all nodes: nodes that failed alike give their own error, others a PeerUnavailableError.
 * `retryAfter` is the shortest delay; broken nodes (502) do not count.
 */
function commonError(nodes: readonly CheckedNode[], failures: readonly NodeError[]): NodeError {
  const mayReturn = failures.filter(({ status }) => status !== 502);
  const waits = mayReturn.map((error) => (error instanceof PeerUnavailableError ? error.retryAfter : 1));
  const facts = {
    setting: "GETH_RPC_ENDPOINT",
    host: nodes.map(({ host }) => host).join(", "),
    retryAfter: waits.length === 0 ? undefined : Math.min(...waits),
    cause: new Error(failures.map((error) => `${error.message} ${toReason(error)}`).join("; ")),
  };
  if (failures.every(({ status }) => status === 504)) return new PeerTimeoutError(facts);
  if (failures.every(({ status }) => status === 502)) return new PeerBadAnswerError(facts);
  return new PeerUnavailableError(facts);
}

function toReason({ cause, code }: NodeError): string {
  const { message } = Object(cause) as { message?: unknown };
  return message ? String(message) : code;
}
