import { text } from "node:stream/consumers";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { waitFor } from "../../../../test/support/wait-for.ts";
import type { FunctionTarget } from "./function-target.ts";
import { type FunctionCall, invokeFunction } from "./invoke-function.ts";

describe("invokeFunction", () => {
  const call: FunctionCall = { method: "POST", url: "/", headers: {}, body: Buffer.from("a call") };
  let server: StartedHttpServer;
  beforeAll(async () => {
    server = await startHttpServer({
      host: "127.0.0.1",
      port: 0,
      app: (request, response) => {
        if (request.url === "/headers") response.end(JSON.stringify(request.headers));
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

  it.each([false, true])("leaves no timer behind, with kept connections: %s", async (keepAlive) => {
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

  it("passes headers on, but for those of the connection and those that Connection names", async () => {
    const headers = { connection: "close, X-Hop", "x-hop": "1", "keep-alive": "timeout=5", "x-end": "2" };
    const answer = await invokeFunction(target("1s"), { ...call, url: "/headers", headers });
    const got = JSON.parse(await text(answer));
    expect(got).toMatchObject({ "x-end": "2", connection: "close" });
    for (const name of ["x-hop", "keep-alive"]) expect(got).not.toHaveProperty(name);
  });

  it("gives up a call that takes too long, before the answer and within it", async () => {
    await expect(invokeFunction(target("50ms"), { ...call, url: "/hangs" })).rejects.toMatchObject({
      status: 504,
    });
    await expect(text(await invokeFunction(target("50ms"), { ...call, url: "/drips" }))).rejects.toThrow();
  });
});
