import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { FunctionTarget } from "@platform/gateway/http/function-target";
import { invokeFunction } from "@platform/gateway/http/invoke-function";
import { readLogQuery } from "@platform/gateway/http/log-query";
import { Bundles } from "@platform/gateway/local/bundles";
import { LocalFunctions } from "@platform/gateway/local/local-functions";
import { LocalProvider } from "@platform/gateway/local/local-provider";
import { SecretFiles } from "@platform/gateway/local/secret-files";
import { parseStack } from "@platform/gateway/local/stack";
import { StackNamespaces } from "@platform/gateway/local/stack-namespaces";
import { isAlive } from "../support/process/processes.ts";
import { root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const namespace = "openfaas-fn";
const handlerText = `
  if (process.env.CRASH) throw new Error("at load");
  console.log("started");
  module.exports = async ({ path }, context) => {
    if (path !== "/") await new Promise((resolve) => setTimeout(resolve, Number(path.slice(1))));
    context.succeed(JSON.stringify({ pid: process.pid, greeting: process.env.GREETING }));
  };
`;

let folder: string;
let functions: LocalFunctions;
let provider: LocalProvider;
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "provider-"));
  const dist = join(folder, "functions", "greet", "dist");
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "handler.js"), handlerText);
  const stack = {
    functions: {
      "of-stack": { handler: dist, image: "me/greet:1", environment: { GREETING: "of the stack" } },
      staged: { handler: dist, namespace: "staging" },
      asleep: { handler: dist, labels: { "com.openfaas.scale.min": "0" } },
    },
  };
  const definitions = parseStack(JSON.stringify(stack), {}, folder);
  const secrets = join(folder, "secrets");
  functions = new LocalFunctions({
    metrics: "public",
    definitions,
    namespace,
    secrets,
    templateHost: join(root, "packages", "gateway", "dist", "template-host.cjs"),
    say: (line) => lines.push(line),
  });
  const namespaces = new StackNamespaces(namespace, definitions);
  provider = new LocalProvider({
    functions,
    bundles: new Bundles({ functions: definitions, folder }),
    secrets: new SecretFiles(secrets, namespaces),
    namespaces,
  });
  await functions.begin({});
}, 30_000);
afterAll(async () => {
  await functions?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
}, 30_000);

const definition = (name: string, parts: object = {}) => ({
  ...{ name, namespace, image: "me/greet:2", environment: {}, labels: {}, annotations: {}, secrets: [] },
  ...parts,
});
const environment = (GREETING: string, more = {}) => ({ environment: { GREETING, ...more } });
const key = (name: string) => ({ name, namespace });
const findTarget = (name: string): FunctionTarget => functions.catalog.find(name);
async function call(name: string, url = "/"): Promise<{ pid: number; greeting?: string }> {
  const answer = await invokeFunction(findTarget(name), { method: "GET", url, headers: {}, body: undefined });
  return JSON.parse(await text(answer));
}
const ended = (pid: number) => waitFor(`the end of ${pid}`, () => !isAlive(pid));
async function listInstances(name: string): Promise<Set<number>> {
  const query = readLogQuery(`/?name=${name}&follow=false`);
  const logLines = (await findTarget(name).logs?.read(query, new AbortController().signal)) ?? [];
  const instances = new Set<number>();
  for await (const { instance } of logLines) instances.add(Number(instance.split("-").at(-1)));
  return instances;
}

describe("deploying", () => {
  it("runs the bundle of the image's name with the function's environment", async () => {
    expect(await provider.deploy(definition("new", environment("hello")))).toEqual([]);
    expect(await call("new")).toMatchObject({ greeting: "hello" });
    expect(findTarget("new").replicas).toEqual({ wanted: 1, available: 1 });
  });

  it("answers with a warning for each feature that a process lacks", async () => {
    const parts = { limits: { memory: "1Mi" }, environment: { fprocess: "cat" } };
    expect(await provider.deploy(definition("warned", parts))).toHaveLength(2);
  });

  it("warns when it runs the bundle with the function's name", async () => {
    expect(await provider.update(definition("of-stack", { image: "alpine" }))).toEqual([
      "There is no bundle for image alpine; the bundle of the function of-stack runs.",
    ]);
  });

  it.each([
    [
      "an image without a bundle",
      { image: "alpine" },
      400,
      /no bundle for image alpine .* available: .*greet/,
    ],
    ["a secret that is missing", { secrets: ["nothing"] }, 400, /no secret nothing/],
    ["a namespace that is not in the stack file", { namespace: "elsewhere" }, 404, /no namespace/],
    ["variables that load code", { environment: { NODE_OPTIONS: "--require=/x" } }, 400, /NODE_OPTIONS/],
    ["a function that exists", { name: "of-stack" }, 409, /exists already/],
  ])("refuses %s", async (_, parts, status, message) => {
    const refused = provider.deploy(definition("refused", parts));
    await expect(refused).rejects.toMatchObject({ status, message: expect.stringMatching(message) });
    expect(functions.catalog.get("refused")).toBeUndefined();
  });

  it("accepts functions in the namespaces of the stack file", async () => {
    expect(await provider.namespaces.list()).toEqual([namespace, "staging"]);
    await provider.deploy(definition("new", { namespace: "staging", ...environment("staged") }));
    expect(await call("new.staging")).toMatchObject({ greeting: "staged" });
    expect(await call("new")).toMatchObject({ greeting: "hello" });
  });

  it("finds an existing secret", async () => {
    await provider.secrets.create({ ...key("token"), value: Buffer.from("t") });
    expect(await provider.deploy(definition("with-secret", { secrets: ["token"] }))).toEqual([]);
  });
});

describe("updating", () => {
  it("drops no call: those in flight finish in the old process, new ones go to the new process", async () => {
    await provider.deploy(definition("updated", environment("0")));
    const { pid } = await call("updated");
    const slow = call("updated", "/1000");
    let going = true;
    const greetings: (string | undefined)[] = [];
    const caller = async () => {
      while (going) greetings.push((await call("updated")).greeting);
    };
    const callers = [caller(), caller()];
    for (const next of ["1", "2", "3"]) {
      await provider.update(definition("updated", environment(next)));
      await waitFor(`greeting ${next}`, () => greetings.includes(next));
    }
    going = false;
    await Promise.all(callers);
    expect(await slow).toEqual({ pid, greeting: "0" });
    expect(greetings).toEqual([...greetings].sort());
    await ended(pid);
    expect((await listInstances("updated")).size).toBe(4);
  }, 30_000);

  it("keeps the old process when the new one does not start, and reports it", async () => {
    await provider.deploy(definition("kept", environment("good")));
    const { pid } = await call("kept");
    await provider.update(definition("kept", environment("bad", { CRASH: "1" })));
    await waitFor("the line", () =>
      lines.includes(
        "kept: the new process does not start (exit code 1); the previous process goes on serving",
      ),
    );
    expect(await call("kept")).toEqual({ pid, greeting: "good" });
    await provider.update(definition("kept", environment("mended")));
    await waitFor("the new process", async () => (await call("kept")).greeting === "mended");
  });

  it("refuses a function that is not deployed", async () => {
    await expect(provider.update(definition("nobody"))).rejects.toMatchObject({ status: 404 });
    await expect(provider.remove(key("nobody"))).rejects.toMatchObject({ status: 404 });
    await expect(provider.scale(key("nobody"), 1)).rejects.toMatchObject({ status: 404 });
  });
});

describe("scaling", () => {
  it("to zero ends the process after the calls in flight, and a call starts another one", async () => {
    await provider.deploy(definition("scaled"));
    const { pid } = await call("scaled");
    const slow = call("scaled", "/500");
    await provider.scale(key("scaled"), 0);
    expect(findTarget("scaled").replicas).toEqual({ wanted: 0, available: 0 });
    expect((await slow).pid).toBe(pid);
    await ended(pid);
    expect((await call("scaled")).pid).not.toBe(pid);
    expect(findTarget("scaled").replicas).toEqual({ wanted: 1, available: 1 });
    expect((await listInstances("scaled")).size).toBe(2);
  });

  it("to one starts a process without a call", async () => {
    await provider.scale(key("scaled"), 0);
    await provider.scale(key("scaled"), 1);
    await waitFor("the process", () => findTarget("scaled").replicas.available === 1);
  });

  it("above one is refused", async () => {
    await expect(provider.scale(key("scaled"), 2)).rejects.toMatchObject({
      status: 400,
      code: "not_deployable",
    });
  });

  it("answers 200 calls at once to a function at zero, with one process", async () => {
    await provider.scale(key("scaled"), 0);
    const answers = await Promise.all(Array.from({ length: 200 }, () => call("scaled")));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
    expect(findTarget("scaled").replicas).toEqual({ wanted: 1, available: 1 });
  }, 30_000);

  it("to zero while calls wait for a process starts another one for them", async () => {
    await provider.scale(key("scaled"), 0);
    const calls = [call("scaled"), call("scaled")];
    await provider.scale(key("scaled"), 0);
    const [first, second] = await Promise.all(calls);
    expect(first!.pid).toBe(second!.pid);
  });

  it("keeps an update at zero for the next process", async () => {
    await provider.scale(key("scaled"), 0);
    await provider.update(definition("scaled", environment("later")));
    expect(findTarget("scaled").replicas.wanted).toBe(0);
    expect(await call("scaled")).toMatchObject({ greeting: "later" });
  });

  it("starts at zero with the label, and counts as ready", async () => {
    expect(findTarget("asleep").replicas).toEqual({ wanted: 0, available: 0 });
    expect(functions.ready).toBe(true);
    await call("asleep");
    expect(findTarget("asleep").replicas).toEqual({ wanted: 1, available: 1 });
  });

  it("goes to zero after the idle time of the label, not during a call", async () => {
    const labels = { "com.openfaas.scale.zero": "true", "com.openfaas.scale.zero-duration": "200ms" };
    await provider.deploy(definition("idle", { labels }));
    const { pid } = await call("idle", "/600");
    expect((await call("idle")).pid).toBe(pid);
    await ended(pid);
    expect(findTarget("idle").replicas).toEqual({ wanted: 0, available: 0 });
    expect((await call("idle")).pid).not.toBe(pid);
  });
});

describe("removing", () => {
  it("lets calls in flight finish, then ends the process", async () => {
    await provider.deploy(definition("removed"));
    const { pid } = await call("removed");
    const slow = call("removed", "/500");
    await provider.remove(key("removed"));
    expect(() => findTarget("removed")).toThrow('There is no function "removed"');
    expect((await slow).pid).toBe(pid);
    await ended(pid);
  });

  it("lets the name be deployed again, even that of a function in the stack file", async () => {
    await provider.remove(key("of-stack"));
    expect(functions.ready).toBe(true);
    await provider.deploy(definition("of-stack", environment("again")));
    expect(await call("of-stack")).toMatchObject({ greeting: "again" });
  });
});
