import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildFixture } from "../conformance/build-fixture.ts";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { launchGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { descendantsOf, isAlive } from "../support/process/processes.ts";
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

/** A stack file with one function, the contract fixture, and without a peer. */
function stack(environment: Record<string, string> = {}): string {
  const file = join(folder, "stack.yml");
  const settings = { RAW_BODY: "true", ...environment };
  writeFileSync(
    file,
    JSON.stringify({ functions: { contract: { handler: fixture, environment: settings } } }),
  );
  return file;
}

/** An endpoint that is never called: with it, no embedded chain is started. */
const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };

describe("stopping", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "on %s ends everything it started, and leaves 0",
    async (signal) => {
      const gateway = await startGateway();
      const started = descendantsOf(gateway.pid);
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

  it("works through npm start as well", async () => {
    const gateway = await startGateway({ command: ["npm", "start", "--", "--stack", stack()], env: noChain });
    const started = descendantsOf(gateway.pid);
    try {
      expect(started.some(({ command }) => command.includes("template-host"))).toBe(true);
      gateway.signal("SIGTERM");
      await waitFor("the end of all processes", () => started.every(({ pid }) => !isAlive(pid)));
    } finally {
      for (const { pid } of started.filter(({ pid }) => isAlive(pid))) process.kill(pid, "SIGKILL");
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

  it("takes its functions along when it is killed", async () => {
    const gateway = await startGateway({ args: ["--stack", stack()], env: noChain });
    const started = descendantsOf(gateway.pid);
    gateway.signal("SIGKILL");
    await waitFor("the end of all processes", () => started.every(({ pid }) => !isAlive(pid)));
  }, 30_000);
});

describe("time limits", () => {
  it("gives a call up after exec_timeout, sooner with X-Timeout, never later", async () => {
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

describe("what stops it from starting is said in a sentence", () => {
  const fate = async (options: Parameters<typeof launchGateway>[0]) => {
    const gateway = launchGateway(options);
    return { code: await gateway.ended, output: gateway.output() };
  };

  it("a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, output } = await fate({ env: { ...noChain, PORT: String(port) } });
    other.close();
    expect(code).toBe(1);
    expect(output.trim()).toBe(
      `npm start: port ${port} is taken; choose another with PORT=${port + 1} npm start`,
    );
  });

  it("an option or a stack file that makes no sense", async () => {
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
      const { code, output } = await fate({ args, env: noChain });
      expect(code).toBe(exitCode);
      expect(output).toContain(sentence);
      expect(output).not.toMatch(/ at .*\(/);
    }
  });

  it("prints its options on --help", async () => {
    const { code, output } = await fate({ args: ["--help"] });
    expect(code).toBe(0);
    expect(output).toMatch(/Usage: npm start .*GETH_RPC_ENDPOINT/s);
  });
});
