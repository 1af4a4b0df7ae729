import { spawnSync } from "node:child_process";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { waitFor } from "../support/wait-for.ts";
import { startMirrorGateway } from "./mirror-gateway.ts";

/** An endpoint without a listener: a call of last-block fails, and its log has the reason. */
const noNode = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };

async function readLogLine(env: Record<string, string>, line: RegExp): Promise<string> {
  const gateway: StartedGateway = await startGateway({ env: { ...noNode, ...env } });
  try {
    expect((await httpCall(`${gateway.url}/function/last-block`)).status).toBe(503);
    return await waitFor("the log line", () => line.exec(gateway.output())?.[0]);
  } finally {
    await gateway[Symbol.asyncDispose]();
  }
}

it("passes LOG_FORMAT on to the functions, and their logs name source files", async () => {
  const text = await readLogLine(
    { LOG_FORMAT: "pretty" },
    /ERROR: last-block: peer_unavailable .*?checked-node\.ts[^\n]*/s,
  );
  expect(text).toMatch(/"name": "PeerUnavailableError"/);
  expect(text).toMatch(/at Object\.ask \(functions\/last-block\/src\/checked-node\.ts:\d+:\d+\)/);
}, 60_000);

it("writes JSON lines to a pipe", async () => {
  const line = await readLogLine({}, /^\{.*"msg":"peer_unavailable"\}$/m);
  expect(JSON.parse(line)).toMatchObject({ name: "last-block", error: { name: "PeerUnavailableError" } });
}, 60_000);

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");
(hasScript ? it : it.skip)(
  "on a terminal the functions' lines are coloured, and without colours in /system/logs (needs util-linux's script)",
  async () => {
    const program = `exec '${process.execPath}' packages/gateway/dist/main.cjs`;
    const command = ["script", "-qefc", program, "/dev/null"] as const;
    await using gateway = await startGateway({ env: noNode, command });
    const url = gateway.url.trim();
    expect((await httpCall(`${url}/function/last-block`)).status).toBe(503);
    const line = await waitFor("the line", () =>
      gateway
        .output()
        .split("\n")
        .find((text) => text.includes("peer_unavailable")),
    );
    expect(line).toContain("\u001b[");
    const { body } = await httpCall(`${url}/system/logs?name=last-block`);
    expect(body).toMatch(/"text":"\[[\d:.]+\] ERROR: last-block: peer_unavailable/);
  },
  60_000,
);

describe("/system/logs", () => {
  interface Line {
    name: string;
    namespace: string;
    instance: string;
    timestamp: string;
    text: string;
  }
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startMirrorGateway();
  }, 60_000);
  afterAll(() => gateway?.[Symbol.asyncDispose]());

  const call = (path: string) => httpCall(`${gateway.url}/function/mirror${path}`);
  const parseLines = (text: string) =>
    text
      .split("\n")
      .filter(Boolean)
      .map((line): Line => JSON.parse(line));
  const logs = async (query = "") =>
    parseLines((await httpCall(`${gateway.url}/system/logs?name=mirror${query}`)).body);

  it("returns the output of the function in the format of faas-cli, which is on the terminal as well", async () => {
    const before = Date.now();
    for (const path of ["/one", "/two", "/three"]) await call(path);
    await waitFor("the lines", async () => (await logs("&tail=1"))[0]?.text === "mirrored GET /three");
    const lines = await logs("&tail=2");
    expect(lines).toEqual(
      ["/two", "/three"].map((path) => ({
        name: "mirror",
        namespace: "openfaas-fn",
        instance: expect.stringMatching(/^mirror-\d+$/),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        text: `mirrored GET ${path}`,
      })),
    );
    expect(Date.parse(lines[0]!.timestamp)).toBeGreaterThanOrEqual(before);
    expect(gateway.output()).toMatch(/^mirrored GET \/three$/m);
    const { headers } = await httpCall(`${gateway.url}/system/logs?name=mirror`);
    expect(headers["content-type"]).toMatch(/^application\/x-ndjson/);
  });

  it("returns all lines without tail or with -1, and selects by process and time", async () => {
    await call("/all");
    await waitFor("the line", async () => (await logs()).at(-1)?.text === "mirrored GET /all");
    const all = await logs();
    expect(await logs("&tail=-1&namespace=openfaas-fn")).toEqual(all);
    expect(await logs(`&instance=${all[0]!.instance}`)).toEqual(all);
    expect(await logs("&instance=mirror-0")).toEqual([]);
    expect(await logs("&since=10m")).toEqual(all);
    expect(await logs(`&since=${encodeURIComponent(all.at(-1)!.timestamp)}`)).toContainEqual(all.at(-1));
    expect(await logs(`&since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
  });

  it("follows until the caller hangs up, and ends with the gateway", async () => {
    const controller = new AbortController();
    const url = `${gateway.url}/system/logs?name=mirror&tail=1&follow=true`;
    const response = await fetch(url, { signal: controller.signal });
    let text = "";
    const reading = (async () => {
      for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    await call("/followed");
    await waitFor("the new line", () => text.includes("mirrored GET /followed"));
    expect(parseLines(text).length).toBeGreaterThanOrEqual(2);
    controller.abort();
    await reading;
    const seen = text;
    await call("/unseen");
    expect(text).toBe(seen);
  });

  it.each([
    ["", 400, "invalid_query"],
    ["name=mirror&tail=few", 400, "invalid_query"],
    ["name=mirror&since=yesterday", 400, "invalid_query"],
    ["name=nobody", 404, "function_not_found"],
    ["name=mirror&namespace=elsewhere", 404, "function_not_found"],
  ])("answers %p with %i", async (query, status, code) => {
    const answer = await httpCall(`${gateway.url}/system/logs?${query}`);
    expect(answer.headers["content-type"]).toMatch("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ status, code });
  });

  it("does not delay the shutdown of a gateway while a client follows", async () => {
    const ending = await startGateway({ env: noNode });
    const response = await fetch(`${ending.url}/system/logs?name=sentiment&follow=true`);
    const start = Date.now();
    ending.signal("SIGTERM");
    await response.text();
    expect(await ending.ended).toBe(0);
    expect(Date.now() - start).toBeLessThan(8_000);
  }, 60_000);
});
