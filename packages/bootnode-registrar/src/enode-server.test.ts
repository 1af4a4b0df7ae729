import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@platform/shared/log/logger";
import type { StartedHttpServer } from "@platform/shared/service/http-server";
import { askBootnode } from "./ask-bootnode.ts";
import { readBootnodeServerConfig } from "./bootnode-server-config.ts";
import { startEnodeServer } from "./enode-server.ts";
import { newEnodeId } from "./testing/new-enode.ts";

const id = newEnodeId();
let folder: string;
let file: string;
let server: StartedHttpServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bootnode-"));
  file = join(folder, "id");
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function start(env: Record<string, string> = {}) {
  const config = readBootnodeServerConfig({
    BOOTNODE_ID_FILE: file,
    POD_IP: "10.0.0.7",
    HOST: "127.0.0.1",
    PORT: "0",
    ...env,
  });
  server = await startEnodeServer(config, createLogger("test", "silent"));
}

describe("the sidecar of a boot node", () => {
  it.each([
    [{}, "10.0.0.7:30301"],
    [{ POD_IP: "fd00::7", BOOTNODE_PORT: "30399" }, "[fd00::7]:30399"],
  ])("answers with the enode URL: %p", async (env, endpoint) => {
    writeFileSync(file, `${id}\n`); // as bootnode -writeaddress does
    await start(env);
    const answer = await fetch(server.url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await answer.text()).toBe(`enode://${id}@${endpoint}`);
  });

  it("is readable by the registrar", async () => {
    writeFileSync(file, id);
    await start();
    const asked = { address: "127.0.0.1", port: Number(new URL(server.url).port), timeout: 2_000 };
    expect(await askBootnode(asked)).toMatchObject({ id, endpoint: "10.0.0.7:30301" });
  });

  it.each([
    ["is missing", undefined],
    ["is empty", ""],
    ["holds half an id", id.slice(64)],
    ["holds no id", "ab".repeat(64)],
  ])("answers 503, and is not ready, while the id file %s", async (_, content) => {
    if (content !== undefined) writeFileSync(file, content);
    await start();
    const answer = await fetch(server.url);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "no_bootnode_id" });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    writeFileSync(file, id);
    expect((await fetch(server.url)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

it.each(["", "eth-bootnode-0", "0.0.0.0", "[fd00::7]"])("refuses %p as POD_IP", (POD_IP) => {
  expect(() => readBootnodeServerConfig({ POD_IP })).toThrow("POD_IP");
});
