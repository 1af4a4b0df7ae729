import { waitFor } from "../../../../test/support/wait-for.ts";
import { type Pod, ReadyPods } from "./ready-pods.ts";

const address = (port: number) => ({ host: "10.0.0.1", port });

describe("ReadyPods", () => {
  let pods: ReadyPods;
  beforeEach(() => {
    pods = new ReadyPods();
  });
  const takePorts = (count: number) => Array.from({ length: count }, () => pods.take()?.port);

  it("chooses the pod with the fewest calls in flight, round robin among equals", () => {
    pods.update([1, 2, 3].map(address));
    expect(new Set(takePorts(3))).toEqual(new Set([1, 2, 3]));
    const next = pods.take() as Pod;
    pods.release(next);
    expect(new Set(takePorts(3))).toEqual(new Set([1, 2, 3]));
  });

  it("keeps the counts of remaining pods, and returns no removed pods", () => {
    pods.update([1, 2].map(address));
    takePorts(2);
    pods.update([2, 3].map(address));
    expect(takePorts(1)).toEqual([3]);
    pods.update([]);
    expect(pods.take()).toBeUndefined();
  });

  it("serves waiting calls in their order of arrival", async () => {
    const waiting = [pods.wait(5_000, undefined), pods.wait(5_000, undefined)];
    pods.update([1].map(address));
    const [first, second] = await Promise.all(waiting);
    expect(first).toBe(second);
    expect(first).toMatchObject({ port: 1, inFlight: 2 });
    expect(pods.waiting).toBe(0);
  });

  it("stops a wait after the timeout, and when the caller hangs up", async () => {
    const caller = new AbortController();
    const waits = [pods.wait(10, undefined), pods.wait(60_000, caller.signal)];
    caller.abort();
    expect(await Promise.all(waits)).toEqual([undefined, undefined]);
    expect(await pods.wait(60_000, caller.signal)).toBeUndefined();
    expect(pods.waiting).toBe(0);
  });

  it("avoids a pod that refused a connection, then probes it with a single call", async () => {
    pods.update([1].map(address));
    const refused = pods.take() as Pod;
    pods.refused(refused);
    pods.release(refused);
    expect(pods.take()).toBeUndefined();
    const first = pods.wait(5_000, undefined);
    let isSecondServed = false;
    const second = pods.wait(5_000, undefined).then((pod) => {
      isSecondServed = true;
      return pod;
    });
    const probed = (await first) as Pod;
    expect(isSecondServed).toBe(false);
    pods.connected(probed);
    expect(await second).toBe(probed);
    expect(probed).toMatchObject({ inFlight: 2, refusals: 0 });
  });

  it("lets another call probe the pod when the first one ends without a result", async () => {
    pods.update([1].map(address));
    const refused = pods.take() as Pod;
    pods.refused(refused);
    pods.release(refused);
    const trying = await waitFor("the try", () => pods.take());
    expect(pods.take()).toBeUndefined();
    pods.release(trying);
    expect(pods.take()).toBe(trying);
  });
});
