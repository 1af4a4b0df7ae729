import { peerError } from "@platform/shared/clients/peer-error";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import type { Host } from "@platform/shared/config/host-list";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { askBootnode } from "./ask-bootnode.ts";
import type { Enode } from "./enode.ts";

/** A boot node with the time of its last answer. */
export interface KnownBootnode extends Enode {
  answered: Date;
}

/** Resolves a host name to its addresses; rejects when there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** The hosts of the boot nodes, and time limits. */
export interface DirectoryOptions {
  /** A host may stand for several boot nodes, like the name of a headless service. */
  hosts: readonly Host[];
  resolve: Resolve;
  /** Time limit of a request to a boot node, in milliseconds. */
  timeout: number;
  /** How long a boot node that stopped answering stays in the list, in milliseconds. */
  retentionMs: number;
  log: Logger;
  /** Called for each failed lookup of a host and each failed request to a boot node. */
  failed(operation: "lookup" | "bootnode"): void;
}

/** The list of the boot nodes of a network, from their own answers. */
export interface Directory {
  /** Asks all boot nodes again. Concurrent calls share one refresh. Never rejects. */
  refresh(): Promise<void>;
  /** The known boot nodes, sorted by URL. */
  known(): KnownBootnode[];
}

/**
 * Creates an empty directory. The id identifies a boot node: a new address replaces its old one, and a new id at an address
 * replaces the old id. A failed boot node keeps its last answer for `retentionMs`. For a host that does not resolve, the
 * directory asks the last known addresses.
 */
export function createDirectory(options: DirectoryOptions): Directory {
  const { hosts, resolve, timeout, retentionMs, log } = options;
  const bootnodes = new Map<string, KnownBootnode>();
  const addresses = new Map<string, readonly string[]>();
  let failing = new Set<string>();
  let refreshing: Promise<void> | undefined;

  async function refreshAll(): Promise<void> {
    const oldest = Date.now() - retentionMs;
    const before = failing;
    failing = new Set();
    await Promise.all(hosts.map((host) => refreshHost(host, before)));
    for (const { id, url, answered } of bootnodes.values()) {
      if (answered.getTime() >= oldest) continue;
      bootnodes.delete(id);
      log.warn({ enode: url }, "bootnode_forgotten");
    }
  }

  async function refreshHost({ name, port }: Host, before: ReadonlySet<string>): Promise<void> {
    try {
      addresses.set(name, await resolve(name));
    } catch (cause) {
      fail("lookup", name, peerError({ setting: "BOOTNODE_SERVICE", host: name }, cause), before);
    }
    await Promise.all(
      (addresses.get(name) ?? []).map(async (address) => {
        try {
          remember(await askBootnode({ address, port, timeout }));
        } catch (error) {
          fail("bootnode", hostAndPort(address, port), error, before);
        }
      }),
    );
  }

  /** Counts a failure, and logs it when it is new. */
  function fail(
    operation: "lookup" | "bootnode",
    peer: string,
    error: unknown,
    before: ReadonlySet<string>,
  ): void {
    options.failed(operation);
    failing.add(peer);
    if (!before.has(peer)) log.warn({ peer, error: describeError(error) }, `${operation}_failed`);
  }

  function remember(enode: Enode): void {
    for (const other of bootnodes.values()) {
      if (other.id !== enode.id && other.endpoint === enode.endpoint) bootnodes.delete(other.id);
    }
    if (bootnodes.get(enode.id)?.url !== enode.url) log.info({ enode: enode.url }, "bootnode_found");
    bootnodes.set(enode.id, { ...enode, answered: new Date() });
  }

  return {
    refresh() {
      refreshing ??= refreshAll().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
    known: () => [...bootnodes.values()].sort((a, b) => (a.url < b.url ? -1 : 1)),
  };
}
