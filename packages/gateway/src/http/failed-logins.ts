import { isIPv6 } from "node:net";

/** How failed logins are slowed down. */
export interface FailedLoginsOptions {
  /** How long the answer to the first failure of an address waits; each further one doubles it. */
  firstDelayMs: number;
  longestDelayMs: number;
  /** After so much time without a failure an address begins anew. */
  forgetAfterMs: number;
  /** Answers of an address that may wait at a time. */
  mostWaiting: number;
  /** Answers of all addresses that may wait at a time; those beyond it do not wait. */
  mostWaitingInAll: number;
  /** Addresses that are remembered: the least recent one is forgotten. */
  mostAddresses: number;
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
  mostWaiting: 10,
  mostWaitingInAll: 1_000,
  mostAddresses: 1_000,
};

/** Failed logins by address. A wait keeps its place also when its caller hangs up: else hanging up would be faster. */
export class FailedLogins {
  readonly #options: FailedLoginsOptions;
  /** In the order of their last failure. */
  readonly #failures = new Map<string, Failures>();
  #waiting = 0;

  constructor(options: Partial<FailedLoginsOptions> = {}) {
    this.#options = { ...defaults, ...options };
  }

  /** The addresses that are remembered. */
  get size(): number {
    return this.#failures.size;
  }

  /** Whether so many answers wait for this address that its next login is not even looked at. */
  isBlocked(address: string): boolean {
    const { mostWaiting, mostWaitingInAll } = this.#options;
    const failures = this.#failures.get(networkOf(address));
    if (failures === undefined) return false;
    return failures.waiting >= mostWaiting || this.#waiting >= mostWaitingInAll;
  }

  /** Takes note of a failure, and resolves when it may be answered. */
  async wait(address: string): Promise<void> {
    const network = networkOf(address);
    const failures = this.#note(network);
    const { firstDelayMs, longestDelayMs, mostWaitingInAll } = this.#options;
    if (this.#waiting >= mostWaitingInAll) return;
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
    const { forgetAfterMs, mostAddresses } = this.#options;
    const now = Date.now();
    let failures = this.#failures.get(network);
    if (failures === undefined || now - failures.lastMs > forgetAfterMs) {
      failures = { count: 0, waiting: 0, lastMs: now };
    }
    failures.count = Math.min(failures.count + 1, 30);
    failures.lastMs = now;
    this.#failures.delete(network);
    this.#failures.set(network, failures);
    if (this.#failures.size > mostAddresses) this.#failures.delete(this.#failures.keys().next().value!);
    return failures;
  }
}

/** The address, or of IPv6 the 64 bits that one customer has. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const parts = head.split(":");
  const zeros = tail === undefined ? 0 : 8 - parts.length - tail.split(":").length;
  return [...parts, ...Array.from({ length: Math.max(zeros, 0) }, () => "0")].slice(0, 4).join(":");
}
