import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { type HttpCall, httpCall } from "../support/http/http-call.ts";

const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
const json = { "content-type": "application/json", "x-console": "1" };
const transfer = { headers: json, body: JSON.stringify({ from: "0x1", to: "0x2" }) };

/** Returns the status and code of an answer. */
async function ask(gateway: StartedGateway, path: string, call: HttpCall = {}) {
  const url = gateway.url.replace("0.0.0.0", "127.0.0.1");
  const { status, headers, body } = await httpCall(url + path, call);
  const isProblem = headers["content-type"]?.startsWith("application/problem+json") === true;
  return { status, ...(isProblem ? { code: JSON.parse(body).code as string } : {}), headers, body };
}

describe("on loopback", () => {
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startGateway({ env: noChain });
  }, 60_000);
  afterAll(() => gateway?.[Symbol.asyncDispose]());

  it.each(["/ui/", "/ui/api/events?once", "/system/functions", "/system/logs?name=sentiment"])(
    "answers %s only to host names of loopback, which prevents DNS rebinding",
    async (path) => {
      for (const host of [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "evil.localhost",
        "x@localhost",
      ]) {
        expect(await ask(gateway, path, { headers: { host } })).toMatchObject({
          status: 403,
          code: "foreign_host",
        });
      }
    },
  );

  it.each(["localhost", "localhost:9", "127.0.0.1:8080", "[::1]:8080", "[::1]", "LOCALHOST"])(
    "answers to the host %s",
    async (host) => {
      expect((await ask(gateway, "/system/functions", { headers: { host } })).status).toBe(200);
    },
  );

  it("accepts calls of functions under any host name", async () => {
    const headers = { host: "gateway.example" };
    expect((await ask(gateway, "/function/sentiment", { headers, body: "I love it" })).status).toBe(200);
  });

  it("accepts changes through the console without a login, but none from other pages", async () => {
    // 422: only the check of the addresses refuses it.
    expect(await ask(gateway, "/ui/api/transfers", transfer)).toMatchObject({ status: 422 });
    for (const headers of [
      { ...json, origin: "http://evil.example" },
      { ...json, "sec-fetch-site": "cross-site" },
      { "content-type": "application/json" },
    ]) {
      expect((await ask(gateway, "/ui/api/transfers", { ...transfer, headers })).status).toBe(403);
    }
  });
});

describe("beyond loopback", () => {
  const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  let gateway: StartedGateway;
  let login: { authorization: string };
  beforeAll(async () => {
    gateway = await startGateway({ args: ["--secrets", secrets], env: { ...noChain, HOST: "0.0.0.0" } });
    const [user, password] = ["user", "password"].map((part) =>
      readFileSync(join(secrets, `basic-auth-${part}`), "utf8").trim(),
    );
    login = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  }, 60_000);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
    rmSync(secrets, { recursive: true });
  });

  it.each([
    ...[
      "/",
      "/ui",
      "/ui/",
      "/ui/page.js",
      "/ui/topics",
      "/ui/api/events",
      "/UI/api/events",
      "/metrics",
      "/metrics/",
    ],
    ...["/system/functions", "/system/info", "/system/secrets", "/system/logs?name=sentiment", "/nothing"],
  ])("requires the login for %s", async (path) => {
    expect(await ask(gateway, path)).toMatchObject({ status: 401, code: "unauthorized" });
  });

  it("accepts requests with the login", async () => {
    for (const path of ["/", "/ui/", "/metrics", "/system/functions"]) {
      const host = "console.example";
      expect((await ask(gateway, path, { headers: { ...login, host } })).status).toBe(200);
    }
  });

  it.each(["/healthz", "/readyz", "/openapi.json", "/function/sentiment"])(
    "requires no login for %s",
    async (path) => {
      const call = path.startsWith("/function/") ? { body: "I love it" } : {};
      expect((await ask(gateway, path, call)).status).toBe(200);
    },
  );

  it("deploys functions and changes secrets only with the login", async () => {
    const body = JSON.stringify({ service: "scorer", image: "sentiment" });
    const deploy = (headers: object) =>
      ask(gateway, "/system/functions", {
        headers: { "content-type": "application/json", ...headers },
        body,
      });
    expect((await deploy({})).status).toBe(401);
    expect((await deploy({ ...login, origin: "http://evil.example" })).status).toBe(403);
    expect((await deploy({ ...login, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await deploy(login)).status).toBe(202);
  });

  it("neither shows nor changes its own login through /system/secrets", async () => {
    expect(JSON.parse((await ask(gateway, "/system/secrets", { headers: login })).body)).toEqual([]);
    const send = (method: string) =>
      ask(gateway, "/system/secrets", {
        method,
        headers: { ...login, "content-type": "application/json" },
        body: JSON.stringify({ name: "basic-auth-password", value: "mine" }),
      });
    expect([(await send("POST")).status, (await send("PUT")).status, (await send("DELETE")).status]).toEqual([
      400, 404, 404,
    ]);
  });

  it("refuses changes through the console, unless UI_READ_ONLY is false", async () => {
    const headers = { ...json, ...login };
    expect(await ask(gateway, "/ui/api/transfers", { ...transfer, headers })).toMatchObject({
      ...{ status: 403, code: "console_read_only" },
    });
    const env = { ...noChain, HOST: "0.0.0.0", UI_READ_ONLY: "false" };
    await using writable = await startGateway({ args: ["--secrets", secrets], env });
    expect((await ask(writable, "/ui/api/transfers", transfer)).status).toBe(401);
    expect((await ask(writable, "/ui/api/transfers", { ...transfer, headers })).status).toBe(422);
    expect(writable.output()).not.toContain("generated just now");
  }, 60_000);

  it("prints the path of the login, and never the password", () => {
    expect(gateway.output()).toContain(`${join(secrets, "basic-auth-password")}, generated just now`);
    expect(gateway.output()).not.toContain(readFileSync(join(secrets, "basic-auth-password"), "utf8").trim());
  });
});
