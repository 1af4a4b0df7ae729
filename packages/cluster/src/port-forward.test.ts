import { createKubectl } from "./kubectl.ts";
import { keepForwarding } from "./port-forward.ts";
import type { RunningCommand } from "./runner.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";

/** A fake kubectl port-forward whose output and exit a test controls. */
function fakeForward() {
  let tell: (line: string) => void = () => undefined;
  let end: (code: number) => void = () => undefined;
  const command: RunningCommand = {
    onLine(listener) {
      tell = listener;
    },
    ended: new Promise((resolve) => {
      end = resolve;
    }),
    stop: () => end(1),
  };
  return { command, tell: (line: string) => tell(line), end: () => end(0) };
}

it("restarts kubectl when it exits or loses the pod, until the signal aborts", async () => {
  const forwards: ReturnType<typeof fakeForward>[] = [];
  const lines: string[][] = [];
  const { runner } = createFakeRunner();
  const kubectl = createKubectl(
    {
      ...runner,
      start(_, args) {
        lines.push([...args]);
        forwards.push(fakeForward());
        return forwards.at(-1)!.command;
      },
    },
    ["--context", "lab"],
  );
  const events: string[] = [];
  const stopping = new AbortController();
  const started = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => (forwards.length === count ? resolve() : setTimeout(look, 10));
      look();
    });
  const done = keepForwarding(
    kubectl,
    { namespace: "data", service: "gateway", port: 8080, localPort: 8081 },
    { connected: () => events.push("connected"), lost: (reason) => events.push(reason) },
    stopping.signal,
  );
  await started(1);
  forwards[0]!.tell("Forwarding from 127.0.0.1:8081 -> 8080");
  forwards[0]!.tell("Handling connection for 8081");
  forwards[0]!.tell("E0101 00:00:00.000000 1 portforward.go:1] lost connection to pod");
  await started(2);
  forwards[1]!.tell("error: unable to forward port because pod is not running");
  forwards[1]!.end();
  await started(3);
  stopping.abort();
  await done;
  expect(events).toEqual([
    "connected",
    "lost connection to pod",
    "error: unable to forward port because pod is not running",
  ]);
  expect(lines[0]).toEqual(
    "--context lab --namespace data port-forward service/gateway 8081:8080".split(" "),
  );
});
