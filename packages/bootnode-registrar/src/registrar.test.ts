import { createLogger } from "@platform/shared/log/logger";
import type { StartedHttpServer } from "@platform/shared/service/http-server";
import { waitFor } from "../../../test/support/wait-for.ts";
import { startRegistrar } from "./registrar.ts";
import { readRegistrarConfig } from "./registrar-config.ts";
import { type StartedFakeBootnode, startFakeBootnode } from "./testing/fake-bootnode.ts";
import { newEnode } from "./testing/new-enode.ts";

let registrar: StartedHttpServer;
let bootnodes: StartedFakeBootnode[];
afterEach(async () => {
  await registrar[Symbol.asyncDispose]();
  await Promise.all(bootnodes.map((bootnode) => bootnode[Symbol.asyncDispose]()));
});

/** Starts a registrar of boot nodes on loopback, with these answers. */
async function start(answers: readonly StartedFakeBootnode["answer"][], env: Record<string, string> = {}) {
  bootnodes = await Promise.all(answers.map((answer) => startFakeBootnode(answer)));
  const config = readRegistrarConfig({
    BOOTNODE_SERVICE: bootnodes.map(({ host, port }) => `${host}:${port}`).join(),
    BOOTNODE_REFRESH: "20ms",
    HOST: "127.0.0.1",
    PORT: "0",
    ...env,
  });
  registrar = await startRegistrar(config, createLogger("test", "silent"));
}

const get = (path = "/", headers: Record<string, string> = {}) =>
  fetch(`${registrar.url}${path}`, { headers });
const readStatus = async (path: string) => (await get(path)).status;
const metric = async (name: string) =>
  new RegExp(`^${name}(?:{.*})? (\\d+)$`, "m").exec(await (await get("/metrics")).text())?.[1];

describe("the registrar", () => {
  it("returns the sorted boot nodes, separated by commas, without a line end", async () => {
    const enodes = [newEnode(), newEnode("[fd00::2]:30301"), newEnode("10.0.0.3:0?discport=30301")];
    await start(enodes);
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await answer.text()).toBe([...enodes].sort().join(","));
  });

  it("returns JSON when the Accept header prefers it", async () => {
    const enode = newEnode();
    await start([enode]);
    const answer = await get("/", { accept: "application/json" });
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("vary")).toBe("Accept");
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await answer.json()).toEqual({ enodes: [enode], answered: { [enode]: time } });
  });

  it.each(["*/*", "text/html,*/*;q=0.8", "image/png"])("answers with text to Accept: %s", async (accept) => {
    await start([newEnode()]);
    expect((await get("/", { accept })).headers.get("content-type")).toMatch(/^text\/plain/);
  });

  it("resolves names", async () => {
    const enode = newEnode();
    const bootnode = await startFakeBootnode(enode);
    await start([], { BOOTNODE_SERVICE: `localhost:${bootnode.port}` });
    bootnodes.push(bootnode);
    expect(await (await get()).text()).toBe(enode);
  });

  it("returns 503, and is not ready, until it knows a boot node", async () => {
    await start(["starting"]);
    const answer = await get();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(await answer.json()).toMatchObject({ status: 503, code: "no_bootnode" });
    expect(await readStatus("/readyz")).toBe(503);
    expect(await readStatus("/healthz")).toBe(200);
    bootnodes[0]!.answer = newEnode();
    await waitFor("the boot node", async () => (await readStatus("/readyz")) === 200);
    expect(await readStatus("/")).toBe(200);
  });

  it("makes its first callers wait for the first refresh, which they share", async () => {
    const enode = newEnode();
    const asked: (() => void)[] = [];
    await start([(_, response) => asked.push(() => response.end(enode))], { BOOTNODE_REFRESH: "10m" });
    const calls = Array.from({ length: 100 }, async () => (await get()).text());
    await waitFor("the question", () => asked.length > 0);
    asked[0]?.();
    expect(new Set(await Promise.all(calls))).toEqual(new Set([enode]));
    expect(asked).toHaveLength(1);
  });

  it("lists a boot node that is down for BOOTNODE_KEEP", async () => {
    const enode = newEnode();
    await start([enode], { BOOTNODE_KEEP: "1s" });
    expect(await (await get()).text()).toBe(enode);
    bootnodes[0]!.answer = (_, response) => response.writeHead(500).end();
    await waitFor("a failure", () => metric("bootnode_registrar_refresh_failures_total"));
    expect(await (await get()).text()).toBe(enode);
    await waitFor("503", async () => (await readStatus("/")) === 503);
  });

  it("updates the address of a boot node", async () => {
    const enode = newEnode("10.0.0.1:30301");
    await start([enode]);
    expect(await (await get()).text()).toBe(enode);
    const moved = enode.replace("10.0.0.1", "10.0.0.2");
    bootnodes[0]!.answer = moved;
    await waitFor("the new address", async () => (await (await get()).text()) === moved);
  });

  it("counts requests, failures and boot nodes", async () => {
    await start([newEnode(), newEnode("10.0.0.2:30301"), "nonsense"]);
    await get();
    await get();
    expect(await metric("bootnode_registrar_bootnodes")).toBe("2");
    expect(await metric("bootnode_registrar_requests_total")).toBe("2");
    expect(Number(await metric("bootnode_registrar_refresh_failures_total"))).toBeGreaterThan(0);
  });

  it("returns 404 for other paths", async () => {
    await start([newEnode()]);
    expect(await readStatus("/enodes")).toBe(404);
    expect(await readStatus("/Metrics")).toBe(404); // an ingress that blocks /metrics would let this path pass
  });
});

it("reports every invalid setting", () => {
  expect(() => readRegistrarConfig({ BOOTNODE_REFRESH: "2", PORT: "-1" })).toThrow(
    expect.objectContaining({
      problems: expect.arrayContaining([
        "BOOTNODE_SERVICE is not set",
        expect.stringContaining("BOOTNODE_REFRESH must be a duration"),
        expect.stringContaining("PORT must be a whole number"),
      ]),
    }),
  );
});
