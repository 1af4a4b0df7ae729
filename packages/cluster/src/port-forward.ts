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

/** The events of a forward. */
export interface PortForwardEvents {
  connected(): void;
  /** The connection was lost; a reconnect follows. */
  lost(reason: string): void;
}

/** A connection that lasted this long resets the backoff. */
const stableMs = 10_000;

/** Forwards a port until the signal aborts, and restarts kubectl whenever it exits or loses the pod. */
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

/** Runs kubectl until it exits. @returns its last error message */
async function follow(
  command: RunningCommand,
  events: PortForwardEvents,
  signal: AbortSignal,
): Promise<string> {
  let problem = "kubectl exited";
  const stop = () => command.stop();
  signal.addEventListener("abort", stop);
  command.onLine((line) => {
    if (line.startsWith("Forwarding from 127.0.0.1")) events.connected();
    else if (/error|lost connection|unable/i.test(line)) {
      problem = line.replace(/^E\d+.*\] /, "");
      // Some versions of kubectl keep listening after the pod is gone.
      if (/lost connection|error forwarding port|network namespace/.test(line)) stop();
    }
  });
  if (signal.aborted) stop();
  await command.ended;
  signal.removeEventListener("abort", stop);
  return problem;
}
