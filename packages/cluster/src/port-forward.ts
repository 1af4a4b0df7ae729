import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import type { Kubectl } from "./kubectl.ts";
import type { RunningCommand } from "./runner.ts";

/** A forward of a local port to a Service. */
export interface PortForward {
  namespace: string;
  service: string;
  port: number;
  localPort: number;
}

/** What happens to a forward. */
export interface PortForwardEvents {
  connected(): void;
  /** The connection has ended; the next attempt follows. */
  lost(reason: string): void;
}

/** A connection of this age was a good one: the next attempt follows soon. */
const stableMs = 10_000;

/** Forwards a port until the signal aborts: whenever kubectl ends or loses the pod, it starts kubectl again. */
export async function keepForwarding(
  kubectl: Kubectl,
  { namespace, service, port, localPort }: PortForward,
  events: PortForwardEvents,
  signal: AbortSignal,
): Promise<void> {
  const target = [`service/${service}`, `${localPort}:${port}`];
  const backoff = new Backoff({ firstMs: 500, longestMs: 15_000 });
  while (!signal.aborted) {
    const start = Date.now();
    const command = kubectl.start(["--namespace", namespace, "port-forward", ...target]);
    const reason = await follow(command, events, signal);
    if (signal.aborted) return;
    events.lost(reason);
    if (Date.now() - start >= stableMs) backoff.reset();
    await sleep(backoff.next(), undefined, { signal }).catch(() => undefined);
  }
}

/** @returns the last complaint of a kubectl that has ended */
async function follow(
  command: RunningCommand,
  events: PortForwardEvents,
  signal: AbortSignal,
): Promise<string> {
  let complaint = "kubectl has ended";
  const stop = () => command.stop();
  signal.addEventListener("abort", stop);
  command.onLine((line) => {
    if (line.startsWith("Forwarding from 127.0.0.1")) events.connected();
    else if (/error|lost connection|unable/i.test(line)) {
      complaint = line.replace(/^E\d+.*\] /, "");
      // Some versions keep listening for a pod that is gone.
      if (/lost connection|error forwarding port|network namespace/.test(line)) stop();
    }
  });
  if (signal.aborted) stop();
  await command.ended;
  signal.removeEventListener("abort", stop);
  return complaint;
}
