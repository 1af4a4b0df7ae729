import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@platform/shared/service/free-port";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { waitFor } from "../../../../test/support/wait-for.ts";
import type { FunctionAddress, FunctionTarget } from "./function-target.ts";
import { invokeFunction } from "./invoke-function.ts";
import type { FunctionCall } from "./send-call.ts";

describe("invokeFunction", () => {
  const call: FunctionCall = { method: "POST", url: "/", headers: {}, body: Buffer.from("a call") };
  let server: StartedHttpServer;
  beforeAll(async () => {
    server = await startHttpServer({
      host: "127.0.0.1",
      port: 0,
      app: (request, response) => {
        if (request.url === "/headers") response.end(JSON.stringify(request.headers));
        else if (request.url === "/101")
          request.socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
        else if (request.url === "/099") request.socket.end("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n");
        else if (request.url === "/drips") response.write("begins, and ");
        else if (request.url !== "/hangs") request.pipe(response);
      },
    });
  });
  afterAll(async () => {
    server.server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  });
  afterEach(() => jest.restoreAllMocks());
  const target = (execTimeout: string, keepAlive = false): FunctionTarget => {
    const { hostname: host, port } = new URL(server.url);
    const environment = { exec_timeout: execTimeout };
    const definition = { name: "f", image: "", environment, labels: {}, annotations: {}, secrets: [] };
    const replicas = { wanted: 1, available: 1 };
    const address = async () => ({ host, port: Number(port) });
    return { definition, createdAt: new Date(), replicas, invocations: 0, keepAlive, address };
  };

  it.each([false, true])("clears all timers, with keepAlive: %s", async (keepAlive) => {
    const set = jest.spyOn(globalThis, "setTimeout");
    const cleared = jest.spyOn(globalThis, "clearTimeout");
    for (let count = 0; count < 5; count++)
      expect(await text(await invokeFunction(target("30s", keepAlive), call))).toBe("a call");
    const timers = set.mock.results.filter((_, index) => set.mock.calls[index]![1] === 30_000);
    expect(timers).toHaveLength(5);
    const isCleared = ({ value }: { value: unknown }) =>
      cleared.mock.calls.some(([timer]) => timer === value);
    await waitFor("the ends of all", () => timers.every(isCleared), 1_000);
  });

  it("forwards headers except hop-by-hop ones", async () => {
    const headers = { connection: "close, X-Hop", "x-hop": "1", "keep-alive": "timeout=5", "x-end": "2" };
    const answer = await invokeFunction(target("1s"), { ...call, url: "/headers", headers });
    const got = JSON.parse(await text(answer));
    expect(got).toMatchObject({ "x-end": "2", connection: "close" });
    for (const name of ["x-hop", "keep-alive"]) expect(got).not.toHaveProperty(name);
  });

  it("times out before the answer and within it", async () => {
    await expect(invokeFunction(target("50ms"), { ...call, url: "/hangs" })).rejects.toMatchObject({
      status: 504,
    });
    await expect(text(await invokeFunction(target("50ms"), { ...call, url: "/drips" }))).rejects.toThrow();
  });

  it.each(["0s", "1000h", "60"])("does not time out early when exec_timeout is %s", async (timeout) => {
    const set = jest.spyOn(globalThis, "setTimeout");
    expect(await text(await invokeFunction(target(timeout), call))).toBe("a call");
    expect(Math.max(...set.mock.calls.map(([, ms]) => ms ?? 0))).toBe(
      timeout === "60" ? 60_000 : 2 ** 31 - 1,
    );
  });

  it.each(["/101", "/099"])("answers 502 to an invalid status: %s", async (url) => {
    let inFlight = 0;
    const counted = {
      ...target("5s"),
      callStarted: () => {
        inFlight += 1;
        return () => (inFlight -= 1);
      },
    };
    await expect(invokeFunction(counted, { ...call, url, method: "GET" })).rejects.toMatchObject({
      code: "function_broken",
    });
    await waitFor("the end of the call", () => inFlight === 0);
  });

  it("sends the whole body to another address when one refuses the connection", async () => {
    const live = await target("1s").address(0);
    const addresses = [{ host: "127.0.0.1", port: await freePort(0) }, live!];
    const refused: FunctionAddress[] = [];
    const answer = await invokeFunction(
      {
        ...target("1s"),
        address: async () => addresses.shift(),
        refused: (address) => refused.push(address),
      },
      { ...call, body: Readable.from(["a ", "stream"]) },
    );
    expect(await text(answer)).toBe("a stream");
    expect(refused).toHaveLength(1);
  });

  it("counts exec_timeout from the connection, not while the call waits for a pod", async () => {
    const late = { ...target("200ms"), readyTimeoutMs: 5_000 };
    const { address } = late;
    late.address = async () => {
      await sleep(300);
      return address(0);
    };
    expect(await text(await invokeFunction(late, call))).toBe("a call");
  });

  it("does not read the body while no pod is up, and reports the waiting time", async () => {
    const body = new PassThrough();
    body.write("a body");
    const waits: number[] = [];
    const down = {
      ...target("1s"),
      readyTimeoutMs: 40,
      address: async (withinMs: number) => {
        waits.push(withinMs);
        return undefined;
      },
    };
    await expect(invokeFunction(down, { ...call, body })).rejects.toMatchObject({ code: "function_down" });
    expect(body.readableLength).toBe(6);
    await expect(invokeFunction(down, { ...call, readyTimeoutMs: 0 })).rejects.toMatchObject({ status: 503 });
    expect(waits[0]).toBeGreaterThan(30);
    expect(waits[1]).toBe(0);
    expect(waits.every(Number.isInteger)).toBe(true);
  });
});
