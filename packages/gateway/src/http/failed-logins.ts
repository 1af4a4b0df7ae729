import { isIPv6 } from "node:net";

/** Options of the delays of failed logins. */
export interface FailedLoginsOptions {
  /** Delay of the response to an address's first failure; each further failure doubles it. */
  firstDelayMs: number;
  longestDelayMs: number;
  /** The quiet time after which the delays of an address restart. */
  forgetAfterMs: number;
  /** Maximum delayed responses per address. */
  maxWaiting: number;
  /** Maximum delayed responses of all addresses; further ones are not delayed. */
  maxWaitingInAll: number;
  /** Maximum remembered addresses; the least recent one is forgotten. */
  maxAddresses: number;
}

interface Failures {
  count: number;
  waiting: number;
  lastMs: number;
}

const defaults: FailedLoginsOptions = {
  firstDelayMs: 250,
  longestDelayMs: 5_000,
  forgetAfterMs: 15 * 60_000,
  maxWaiting: 10,
  maxWaitingInAll: 1_000,
  maxAddresses: 1_000,
};

/** Tracks failed logins by address. A delay continues after the caller hangs up, so that hanging up gains nothing. */
export class FailedLogins {
  readonly #options: FailedLoginsOptions;
  /** Addresses in the order of their last failure. */
  readonly #failures = new Map<string, Failures>();
  #waiting = 0;

  constructor(options: Partial<FailedLoginsOptions> = {}) {
    this.#options = { ...defaults, ...options };
  }

  /** The number of remembered addresses. */
  get size(): number {
    return this.#failures.size;
  }

  /** Whether this address has too many delayed responses for another login. */
  isBlocked(address: string): boolean {
    const { maxWaiting, maxWaitingInAll } = this.#options;
    const failures = this.#failures.get(toNetwork(address));
    if (failures === undefined) return false;
    return failures.waiting >= maxWaiting || this.#waiting >= maxWaitingInAll;
  }

  /** Counts a failure, and resolves when its response may be sent. */
  async wait(address: string): Promise<void> {
    const network = toNetwork(address);
    const failures = this.#note(network);
    const { firstDelayMs, longestDelayMs, maxWaitingInAll } = this.#options;
    if (this.#waiting >= maxWaitingInAll) return;
    const delayMs = Math.min(firstDelayMs * 2 ** (failures.count - 1), longestDelayMs);
    failures.waiting += 1;
    this.#waiting += 1;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, delayMs).unref();
    });
    failures.waiting -= 1;
    this.#waiting -= 1;
  }

  #note(network: string): Failures {
    const { forgetAfterMs, maxAddresses } = this.#options;
    const now = Date.now();
    let failures = this.#failures.get(network);
    if (failures === undefined || now - failures.lastMs > forgetAfterMs) {
      failures = { count: 0, waiting: 0, lastMs: now };
    }
    failures.count = Math.min(failures.count + 1, 30);
    failures.lastMs = now;
    this.#failures.delete(network);
    this.#failures.set(network, failures);
    if (this.#failures.size > maxAddresses) this.#failures.delete(this.#failures.keys().next().value!);
    return failures;
  }
}

/** Returns the address, or the /64 network of an IPv6 address. */
function toNetwork(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const parts = head.split(":");
  const zeros = tail === undefined ? 0 : 8 - parts.length - tail.split(":").length;
  return [...parts, ...Array.from({ length: Math.max(zeros, 0) }, () => "0")].slice(0, 4).join(":");
}
