import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { buildFixture } from "../conformance/build-fixture.ts";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { launchGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { isAlive, readDescendants } from "../support/process/processes.ts";
import { waitFor } from "../support/wait-for.ts";

const folder = mkdtempSync(join(tmpdir(), "gateway-"));
let fixture: string;
beforeAll(() => {
  fixture = buildFixture("contract");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(dirname(fixture), { recursive: true });
});

/** A stack file with the contract fixture as its only function, without peers. */
function stack(environment: Record<string, string> = {}): string {
  const file = join(folder, "stack.yml");
  const settings = { RAW_BODY: "true", ...environment };
  writeFileSync(
    file,
    JSON.stringify({ functions: { contract: { handler: fixture, environment: settings } } }),
  );
  return file;
}

/** An endpoint that is never called. It prevents the start of the embedded chain. */
const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };

describe("stopping", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "on %s ends everything it started, and exits with code 0",
    async (signal) => {
      const gateway = await startGateway();
      const started = readDescendants(gateway.pid);
      expect(started.filter(({ command }) => command.includes("template-host"))).toHaveLength(
        deployedNames.length,
      );
      expect(started.filter(({ command }) => command.includes("anvil"))).toHaveLength(1);
      gateway.signal(signal);
      gateway.signal(signal);
      expect(await gateway.ended).toBe(0);
      expect(started.filter(({ pid }) => isAlive(pid))).toEqual([]);
    },
    60_000,
  );

  it("logs no error while documents are being written to the embedded store", async () => {
    const gateway = await startGateway({ env: noChain });
    const tweets = Array.from({ length: 5_000 }, (_, id) => ({ text: "A fine day. ".repeat(20), id }));
    // The gateway abandons the call, but the function continues.
    const late = await httpCall(`${gateway.url}/function/tweet-enrich`, {
      headers: { "content-type": "application/json", "x-timeout": "150ms" },
      body: JSON.stringify(tweets),
    });
    expect(late.status).toBe(504);
    gateway.signal("SIGTERM");
    expect(await gateway.ended).toBe(0);
    expect(gateway.output()).not.toMatch(/"level":"error"|TypeError|^ +at /m);
  }, 60_000);

  it("works through npm start, too", async () => {
    const gateway = await startGateway({ command: ["npm", "start", "--", "--stack", stack()], env: noChain });
    const started = readDescendants(gateway.pid);
    try {
      expect(started.some(({ command }) => command.includes("template-host"))).toBe(true);
      gateway.signal("SIGTERM");
      await waitFor("the end of all processes", () => started.every(({ pid }) => !isAlive(pid)));
    } finally {
      for (const { pid } of started) if (isAlive(pid)) process.kill(pid, "SIGKILL");
    }
  }, 60_000);

  it("lets a call in flight finish", async () => {
    const gateway = await startGateway({ args: ["--stack", stack()], env: noChain });
    const slow = httpCall(`${gateway.url}/function/contract/slow?ms=800`);
    await waitFor("the call", () => gateway.output().includes("a slow call"));
    gateway.signal("SIGTERM");
    expect((await slow).status).toBe(200);
    expect(await gateway.ended).toBe(0);
    expect(gateway.output()).toContain("the client is closed");
  }, 30_000);

  it("ends its functions and the embedded chain when it is killed", async () => {
    const gateway = await startGateway({ args: ["--stack", stack()] });
    const started = readDescendants(gateway.pid);
    expect(started.some(({ command }) => command.includes("anvil"))).toBe(true);
    gateway.signal("SIGKILL");
    await waitFor("the end of all processes", () => started.every(({ pid }) => !isAlive(pid)));
  }, 30_000);
});

describe("starting", () => {
  it("answers 503 with Retry-After until every function answers, and never 404", async () => {
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    const gateway = launchGateway({ args: ["--stack", stack()], env: { PORT: String(port) } });
    try {
      const read = (path: string) => httpCall(url + path).catch(() => undefined);
      const before = [await waitFor("the port", () => read("/function/contract"))];
      const health = [await read("/healthz")];
      while (health.at(-1)?.status !== 200) {
        before.push((await read("/function/contract"))!);
        health.push(await read("/healthz"));
      }
      expect(health[0]).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
      expect(before[0]).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
      expect([...new Set(before.map(({ status }) => status))].filter((status) => status !== 200)).toEqual([
        503,
      ]);
      expect((await read("/function/contract"))?.status).toBe(200);
    } finally {
      await gateway[Symbol.asyncDispose]();
    }
  }, 60_000);

  it("serves the other functions when one is not built, and answers its calls with the build error", async () => {
    const broken = join(folder, "broken");
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, "build-error.txt"), 'Could not resolve "nothing"');
    const file = join(folder, "two.yml");
    const functions = { contract: { handler: fixture }, broken: { handler: broken } };
    writeFileSync(file, JSON.stringify({ functions }));
    const gateway = await startGateway({ args: ["--stack", file], env: noChain });
    try {
      const statuses = ["/healthz", "/function/contract", "/async-function/broken"].map(async (path) => {
        return (await httpCall(gateway.url + path, path.startsWith("/async") ? { body: "x" } : {})).status;
      });
      expect(await Promise.all(statuses)).toEqual([200, 200, 503]);
      expect(JSON.parse((await httpCall(`${gateway.url}/function/broken`)).body)).toMatchObject({
        status: 503,
        code: "function_not_built",
        detail: 'The function broken is not built: Could not resolve "nothing"',
      });
      expect(gateway.output()).toContain("broken is not built; its calls get 503");
    } finally {
      await gateway[Symbol.asyncDispose]();
    }
  }, 30_000);

  it("reports configured peers that do not answer", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const env = {
      ...noChain,
      ELASTICSEARCH_URL: `http://127.0.0.1:${port}`,
      KAFKA_BROKERS: "127.0.0.1:2",
    };
    const gateway = await startGateway({ args: ["--stack", stack()], env });
    try {
      const output = gateway.output();
      expect(output).toContain("GETH_RPC_ENDPOINT is set, but does not answer: 127.0.0.1:1 is out of reach");
      expect(output).toContain(
        `ELASTICSEARCH_URL is set, but does not answer: no answer from 127.0.0.1:${port}`,
      );
      expect(output).toMatch(/KAFKA_BROKERS is set, but does not answer: .*127\.0\.0\.1:2/);
    } finally {
      await gateway[Symbol.asyncDispose]();
      silent.close();
    }
  }, 30_000);

  it("restarts the embedded chain when it ends", async () => {
    const gateway = await startGateway({ args: ["--stack", stack()] });
    try {
      const anvil = () => readDescendants(gateway.pid).find(({ command }) => command.includes("anvil"))?.pid;
      const first = anvil()!;
      process.kill(first, "SIGKILL");
      await waitFor("another anvil", () => (anvil() ?? first) !== first);
      expect(gateway.output()).toContain("the embedded chain (anvil) ended (exit code 137");
    } finally {
      await gateway[Symbol.asyncDispose]();
    }
  }, 30_000);
});

describe("time limits", () => {
  it("times out after exec_timeout, or earlier with X-Timeout, but never later", async () => {
    const gateway = await startGateway({ args: ["--stack", stack({ exec_timeout: "300ms" })], env: noChain });
    try {
      const slow = (headers = {}) => httpCall(`${gateway.url}/function/contract/?ms=1500`, { headers });
      const seconds = async (headers = {}) => {
        const answer = await slow(headers);
        expect(JSON.parse(answer.body)).toMatchObject({ status: 504, code: "function_late" });
        return Number(answer.headers["x-duration-seconds"]);
      };
      expect(await seconds({ "x-timeout": "100ms" })).toBeLessThan(0.3);
      expect(await seconds({ "x-timeout": "5s" })).toBeLessThan(1.5);
      expect((await httpCall(`${gateway.url}/function/contract/?ms=1`)).status).toBe(200);
    } finally {
      await gateway[Symbol.asyncDispose]();
    }
  }, 30_000);
});

describe("a failed start is reported with one sentence", () => {
  const startOutcome = async (options: Parameters<typeof launchGateway>[0]) => {
    const gateway = launchGateway(options);
    return { code: await gateway.ended, output: gateway.output() };
  };

  it("when the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, output } = await startOutcome({ env: { ...noChain, PORT: String(port) } });
    other.close();
    expect(code).toBe(1);
    expect(output.trim()).toBe(
      `npm start: port ${port} is taken; choose another with PORT=${port + 1} npm start`,
    );
  });

  it("when an option or the stack file is invalid", async () => {
    const broken = join(folder, "broken.yml");
    writeFileSync(broken, "functions: [");
    const unbuilt = join(folder, "unbuilt.yml");
    writeFileSync(unbuilt, "functions: {f: {handler: ./nowhere}}");
    for (const [args, sentence, exitCode] of [
      [["--port", "many"], "npm start: --port must be a whole number from 0 to 65535", 2],
      [["--stack", "/nowhere.yml"], "npm start: cannot read the stack file /nowhere.yml", 1],
      [["--stack", broken], "npm start: the stack file is not YAML", 1],
      [["--stack", unbuilt], "npm start: the function f is not built", 1],
    ] as const) {
      const { code, output } = await startOutcome({ args, env: noChain });
      expect(code).toBe(exitCode);
      expect(output).toContain(sentence);
      expect(output).not.toMatch(/ at .*\(/);
    }
  });

  it("when the data folder cannot be written, or another gateway uses it", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const unwritable = join(file, "data");
    const { code, output } = await startOutcome({ env: { ...noChain, DATA_DIR: unwritable } });
    expect(code).toBe(1);
    expect(output.trim()).toBe(
      `npm start: cannot write to the data folder ${unwritable} (ENOTDIR); choose another with DATA_DIR=FOLDER npm start`,
    );
    const env = { ...noChain, DATA_DIR: join(folder, "data") };
    const first = await startGateway({ args: ["--stack", stack()], env });
    const second = await startOutcome({ args: ["--stack", stack()], env });
    expect(second.code).toBe(1);
    expect(second.output.trim()).toBe(
      `npm start: another gateway (process ${first.pid}) uses the data folder ${env.DATA_DIR}; choose another with DATA_DIR=FOLDER npm start`,
    );
    first.signal("SIGKILL");
    await first.ended;
    const third = await startGateway({ args: ["--stack", stack()], env });
    await third[Symbol.asyncDispose]();
  }, 60_000);

  it("prints its options on --help", async () => {
    const { code, output } = await startOutcome({ args: ["--help"] });
    expect(code).toBe(0);
    expect(output).toMatch(/Usage: npm start .*GETH_RPC_ENDPOINT/s);
  });
});
