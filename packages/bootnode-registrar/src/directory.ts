import { peerError } from "@platform/shared/clients/peer-error";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import type { Host } from "@platform/shared/config/host-list";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { askBootnode } from "./ask-bootnode.ts";
import type { Enode } from "./enode.ts";

/** A boot node and when it last said so itself. */
export interface KnownBootnode extends Enode {
  answered: Date;
}

/** The addresses of a host name; rejects when there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Where the boot nodes are and how long to wait for them. */
export interface DirectoryOptions {
  /** Each may stand for several boot nodes, as the name of a headless service does. */
  hosts: readonly Host[];
  resolve: Resolve;
  /** How long a boot node may take to answer, in milliseconds. */
  timeout: number;
  /** How long a boot node that does not answer any more stays, in milliseconds. */
  keep: number;
  log: Logger;
  /** Told of each lookup of a host and each question to a boot node that failed. */
  failed(what: "lookup" | "bootnode"): void;
}

/** The boot nodes of a network, by what they say of themselves. */
export interface Directory {
  /** Asks all of them again. Whoever calls while that is under way shares it. Never rejects. */
  refresh(): Promise<void>;
  /** Those that are known, in the order of their URLs. */
  known(): KnownBootnode[];
}

/**
 * A directory that starts empty. A boot node is known by its id: one that comes back at another address replaces what
 * it said before, and whoever answers for an address replaces who had it. One that fails keeps its last good answer for
 * `keep`, and so does a host that cannot be looked up: its last addresses are asked.
 */
export function createDirectory(options: DirectoryOptions): Directory {
  const { hosts, resolve, timeout, keep, log } = options;
  const bootnodes = new Map<string, KnownBootnode>();
  const addresses = new Map<string, readonly string[]>();
  let failing = new Set<string>();
  let underWay: Promise<void> | undefined;

  async function refreshAll(): Promise<void> {
    const oldest = Date.now() - keep;
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

  /** Counts a failure, and logs it unless it lasts. */
  function fail(
    what: "lookup" | "bootnode",
    peer: string,
    error: unknown,
    before: ReadonlySet<string>,
  ): void {
    options.failed(what);
    failing.add(peer);
    if (!before.has(peer)) log.warn({ peer, error: describeError(error) }, `${what}_failed`);
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
      underWay ??= refreshAll().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    known: () => [...bootnodes.values()].sort((one, other) => (one.url < other.url ? -1 : 1)),
  };
}
