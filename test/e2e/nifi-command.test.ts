// needs: nifi
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { startListener } from "../support/http/listener.ts";
import { hasNifi, type StartedNifi, startNifi } from "../support/nifi/nifi.ts";
import { run } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(120_000);

const program = join(root, "packages", "nifi", "dist", "main.cjs");

/** Runs `npm run nifi -- …`. */
async function nifiCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await run(process.execPath, [program, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  return { code, stdout, stderr };
}

describe("npm run nifi", () => {
  it("prints its usage", async () => {
    expect(await nifiCommand(["--help"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage/) });
  });

  it.each([
    [["fly"], /the command must be one of deploy, start, status, stop, export, not "fly"/],
    [["status", "--timeout", "soon"], /--timeout must be a whole number/],
    [["deploy", "--force"], /--help lists the options/],
  ])("refuses %j", async (args, message) => {
    expect(await nifiCommand(args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });

  it("lists the existing flows when an unknown one is requested", async () => {
    expect(await nifiCommand(["status", "rain"], { NIFI_URL: "http://127.0.0.1:1" })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/rain\.flow\.json.*twitter-sentiment\.flow\.json/),
    });
  });

  it("reports that NiFi does not answer", async () => {
    expect(await nifiCommand(["status"], { NIFI_URL: "http://127.0.0.1:1" })).toMatchObject({
      code: 1,
      stderr: "npm run nifi: NIFI_URL: NiFi at 127.0.0.1:1 is out of reach (ECONNREFUSED)\n",
    });
  });

  it("waits for a NiFi that starts, up to its time limit", async () => {
    const { code, stderr } = await nifiCommand(["deploy", "--timeout", "1"], {
      NIFI_URL: "http://127.0.0.1:1",
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/not within 1 s: NIFI_URL: NiFi at 127\.0\.0\.1:1 is out of reach/),
    ]);
  });

  it("requires a login if NiFi has one", async () => {
    const { code, stderr } = await nifiCommand(["status"], { NIFI_URL: "https://127.0.0.1:1" });
    expect(code).toBe(1);
    expect(stderr.trim().split("\n")).toEqual([
      "npm run nifi: NIFI_USERNAME is not set",
      "npm run nifi: neither NIFI_PASSWORD nor NIFI_PASSWORD_FILE is set",
    ]);
  });

  it("reports that NiFi refuses the login", async () => {
    await using nifi = await startListener((_request, response) => {
      response.writeHead(401, { "content-type": "text/plain" }).end("Unauthorized");
    });
    expect(await nifiCommand(["status"], { NIFI_URL: nifi.url })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/NiFi at 127\.0\.0\.1:\d+ refuses access \(401: Unauthorized\)/),
    });
  });
});

requireService("NiFi", hasNifi(), () => {
  let nifi: StartedNifi;
  let folder: string;
  let file: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    nifi = await startNifi();
    folder = mkdtempSync(join(tmpdir(), "nifi-command-"));
    file = join(folder, "small.flow.json");
    env = { NIFI_URL: nifi.url };
  }, 400_000);
  afterAll(async () => {
    await nifi?.[Symbol.asyncDispose]();
    if (folder) rmSync(folder, { recursive: true });
  });

  async function succeed(
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { code, stdout, stderr } = await nifiCommand(args, { ...env, ...more });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  }

  // biome-ignore lint/suspicious/noExplicitAny: NiFi's answers have no types here
  async function ask(path: string, method = "GET", body?: object): Promise<any> {
    const answer = await fetch(`${nifi.url}/nifi-api/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    expect(answer.status).toBeLessThan(300);
    return answer.json();
  }

  /** The group's processors by their names. */
  async function processors() {
    const { id } = await readGroup();
    const answer = await ask(`process-groups/${id}/processors`);
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return new Map<string, any>(answer.processors.map((item: any) => [item.component.name, item]));
  }

  async function readGroup(name = "Small") {
    const { processGroups } = await ask("process-groups/root/process-groups");
    return processGroups.find((item: { component: { name: string } }) => item.component.name === name);
  }

  async function queued(): Promise<number> {
    const { id } = await readGroup();
    const { processGroupStatus } = await ask(`flow/process-groups/${id}/status`);
    return processGroupStatus.aggregateSnapshot.flowFilesQueued;
  }

  /** Every revision of the flow, which each write changes. */
  async function revisions() {
    const { id } = await readGroup();
    const { processGroupFlow } = await ask(`flow/process-groups/${id}`);
    const { flow } = processGroupFlow;
    const { parameterContexts } = await ask("flow/parameter-contexts");
    return [...flow.processors, ...flow.connections, ...parameterContexts].map(
      (entity: { id: string; revision: object }) => [entity.id, entity.revision],
    );
  }

  const off = "  off: Later (UNSET_WORD is not set)\n";
  const nothing = `Small: nothing to change, it runs\n${off}`;

  it("deploys a flow to the canvas, with parameters of the environment, and starts it", async () => {
    writeFileSync(file, small());
    const output = await succeed(["deploy", file], { GREETING: "Hello", SECRET_WORD: "mellon" });
    expect(output).toMatch(/Small: set GREETING, SECRET_WORD\nSmall: runs\n.*\n$/);
    expect(output).toContain(off);
    const deployed = await processors();
    expect(deployed.get("Make").component.state).toBe("RUNNING");
    expect(deployed.get("Keep").component.state).toBe("DISABLED");
    await waitFor("what it makes", async () => (await queued()) > 0);
    const { parameterContexts } = await ask("flow/parameter-contexts");
    const values = parameterContexts[0].component.parameters.map(
      ({ parameter }: { parameter: { name: string; value: string } }) => [parameter.name, parameter.value],
    );
    expect(Object.fromEntries(values)).toEqual({
      GREETING: "Hello",
      SECRET_WORD: "********",
      PLACE: "here",
      UNSET_WORD: undefined,
      FUNCTION_AUTHORIZATION: "********",
    });
    expect(await readGroup()).toMatchObject({ component: { name: "Small" } });
  });

  it("changes nothing when nothing differs, with and without the environment", async () => {
    const before = await revisions();
    expect(await succeed(["deploy", file])).toBe(nothing);
    expect(await revisions()).toEqual(before);
    expect(await succeed(["deploy", file], { GREETING: "Hello" })).toBe(nothing);
    expect(await revisions()).toEqual(before);
    // A secret cannot be read back: the command sends it, and NiFi compares it.
    const { revision } = (await processors()).get("Make");
    expect(await succeed(["deploy", file], { SECRET_WORD: "mellon" })).toBe(nothing);
    expect((await processors()).get("Make").revision).toEqual(revision);
  });

  it("sets the parameter FUNCTION_AUTHORIZATION from the file of a token, and prints only its name", async () => {
    const token = join(folder, "token");
    writeFileSync(token, "s3cret\n");
    const output = await succeed(["deploy", file], { FUNCTION_TOKEN_FILE: token });
    expect(output).toBe(`Small: set FUNCTION_AUTHORIZATION\nSmall: runs\n${off}`);
    expect(await succeed(["deploy", file], { FUNCTION_TOKEN_FILE: token })).toBe(nothing);
    const { code, stderr } = await nifiCommand(["deploy", file], {
      ...env,
      FUNCTION_TOKEN_FILE: join(folder, "none"),
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/FUNCTION_TOKEN_FILE: the file cannot be read/),
    ]);
  });

  it("prints the components that run, those that are off, and the queues", async () => {
    expect(await succeed(["status", file])).toMatch(
      /^Small: runs\n {2}off: Later \(UNSET_WORD is not set\)\n {2}queued: \d+ .*\n {4}\d+ \(.*\): Make → success → Keep\n/,
    );
  });

  it("stops a flow and starts it again", async () => {
    expect(await succeed(["stop", file])).toBe("Small: has stopped\n");
    expect((await processors()).get("Make").component.state).toBe("STOPPED");
    expect(await succeed(["stop", file])).toBe("Small: has already stopped\n");
    const { code, stdout } = await nifiCommand(["status", file], env);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/Small: 1 of 1 do not run\n {2}stopped: Make/)]);
    expect(await succeed(["start", file])).toBe("Small: runs\n");
    expect(await succeed(["start", file])).toBe("Small: runs already\n");
  });

  it("exports the same file from the canvas", async () => {
    const before = readFileSync(file, "utf8");
    expect(await succeed(["export", file])).toContain("is up to date");
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("updates a flow, and keeps its queues", async () => {
    const before = await queued();
    expect(before).toBeGreaterThan(0);
    writeFileSync(file, small({ text: "more" }));
    expect(await succeed(["deploy", file])).toMatch(
      /differs from its file, updating it …\nSmall: runs\n.*\n$/,
    );
    const make = (await processors()).get("Make").component;
    expect(make.config.properties["generate-ff-custom-text"]).toBe("more");
    expect(make.state).toBe("RUNNING");
    expect(await queued()).toBeGreaterThanOrEqual(before);
  });

  it("exports only the changes of the canvas", async () => {
    await succeed(["stop", file]);
    const { id, revision } = (await processors()).get("Make");
    await ask(`processors/${id}`, "PUT", {
      revision,
      component: { id, config: { schedulingPeriod: "7 sec" } },
    });
    const before = readFileSync(file, "utf8").split("\n");
    await succeed(["export", file]);
    const after = readFileSync(file, "utf8").split("\n");
    const changed = after.filter((line, index) => line !== before[index]);
    expect([after.length, changed]).toEqual([before.length, ['        "schedulingPeriod": "7 sec",']]);
    expect(after.join("\n")).not.toMatch(/Hello|mellon/);
  });

  it("reports invalid components with the reason", async () => {
    writeFileSync(file, small({ name: "Broken", property: { "File Size": "very large" } }));
    const { code, stderr } = await nifiCommand(["deploy", file], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^npm run nifi: invalid:\n {2}Make \(GenerateFlowFile\): .*'File Size'.*very large/,
    );
  });

  it("reports a type that NiFi does not have", async () => {
    writeFileSync(file, small({ name: "Ghost", type: "org.example.MakeRain" }));
    const { code, stderr } = await nifiCommand(["deploy", file], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/invalid:\n {2}Make \(MakeRain\): /);
  });

  it("refuses an ambiguous name of two groups", async () => {
    const { id } = await readGroup("Ghost");
    const other = await readGroup("Broken");
    await ask(`process-groups/${id}`, "PUT", {
      revision: (await ask(`process-groups/${id}`)).revision,
      component: { id, name: other.component.name },
    });
    writeFileSync(file, small({ name: "Broken" }));
    const { code, stderr } = await nifiCommand(["deploy", file], env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/there are 2 process groups "Broken"/)]);
  });

  it("reports a missing flow", async () => {
    expect(await nifiCommand(["export", "tweet-enrich"], env)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/there is no process group "Tweet Enrich" .*: run deploy first/),
    });
  });

  it.each(["twitter-sentiment", "tweet-enrich"])("has the file of %s as NiFi exports it", async (flow) => {
    const committed = join(root, "deploy", "base", "nifi", `${flow}.flow.json`);
    const copy = join(folder, `${flow}.flow.json`);
    writeFileSync(copy, readFileSync(committed));
    const port = String(await freePort(0));
    await succeed(["deploy", copy], {
      LISTEN_HOST: "127.0.0.1",
      LISTEN_PORT: port,
      ENRICH_LISTEN_PORT: port,
    });
    expect(await succeed(["deploy", copy])).toMatch(/nothing to change/);
    expect(await succeed(["export", copy])).toContain("is up to date");
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(committed, "utf8"));
    await succeed(["stop", copy]);
  });

  /** A flow of processors that NiFi always has: one fills the queue of another, which is disabled. */
  function small({
    name = "Small",
    text = "#{GREETING} #{PLACE}",
    type = "org.apache.nifi.processors.standard.GenerateFlowFile",
    property = {},
  } = {}): string {
    const context = name.toLowerCase();
    const processor = (
      key: string,
      group: string,
      properties: object,
      more: Readonly<Record<string, unknown>> = {},
    ) => ({
      identifier: toUuid(`${name} ${key}`),
      name: key,
      type: "org.apache.nifi.processors.standard.GenerateFlowFile",
      bundle: { group: "org.apache.nifi", artifact: "nifi-standard-nar", version: "2.3.0" },
      position: { x: 0, y: key === "Keep" ? 300 : 0 },
      properties,
      propertyDescriptors: {},
      schedulingPeriod: "1 sec",
      schedulingStrategy: "TIMER_DRIVEN",
      executionNode: "ALL",
      penaltyDuration: "30 sec",
      yieldDuration: "1 sec",
      bulletinLevel: "WARN",
      runDurationMillis: 0,
      concurrentlySchedulableTaskCount: 1,
      retryCount: 10,
      backoffMechanism: "PENALIZE_FLOWFILE",
      maxBackoffPeriod: "10 mins",
      componentType: "PROCESSOR",
      groupIdentifier: group,
      ...more,
    });
    const toGroup = (key: string, more: Readonly<Record<string, unknown>>) => ({
      identifier: toUuid(`${name} group ${key}`),
      name: key,
      position: { x: 500, y: 0 },
      parameterContextName: context,
      componentType: "PROCESS_GROUP",
      flowFileConcurrency: "UNBOUNDED",
      flowFileOutboundPolicy: "STREAM_WHEN_AVAILABLE",
      defaultFlowFileExpiration: "0 sec",
      defaultBackPressureObjectThreshold: 10000,
      defaultBackPressureDataSizeThreshold: "1 GB",
      ...more,
    });
    const outer = toUuid(`${name} group ${name}`);
    const inner = toUuid(`${name} group Later`);
    const make = processor("Make", outer, { "generate-ff-custom-text": text, ...property }, { type });
    const keep = processor(
      "Keep",
      outer,
      { "Attributes to Log": "#{PLACE}" },
      {
        type: "org.apache.nifi.processors.standard.LogAttribute",
        autoTerminatedRelationships: ["success"],
        scheduledState: "DISABLED",
      },
    );
    const later = processor(
      "Call",
      inner,
      {
        "HTTP URL": "http://127.0.0.1:1",
        Authorization: "#{UNSET_WORD}",
        Word: "#{SECRET_WORD}",
        Function: "#{FUNCTION_AUTHORIZATION}",
      },
      {
        type: "org.apache.nifi.processors.standard.InvokeHTTP",
        autoTerminatedRelationships: ["Failure", "No Retry", "Original", "Response", "Retry"],
        propertyDescriptors: {
          Authorization: sensitive("Authorization"),
          Word: sensitive("Word"),
          Function: sensitive("Function"),
        },
      },
    );
    const end = ({ identifier, name: endName }: { identifier: string; name: string }) => ({
      id: identifier,
      type: "PROCESSOR",
      groupId: outer,
      name: endName,
    });
    const connection = {
      identifier: toUuid(`${name} connection`),
      source: end(make),
      destination: end(keep),
      selectedRelationships: ["success"],
      backPressureObjectThreshold: 10000,
      backPressureDataSizeThreshold: "1 GB",
      flowFileExpiration: "0 sec",
      labelIndex: 0,
      zIndex: 0,
      loadBalanceStrategy: "DO_NOT_LOAD_BALANCE",
      loadBalanceCompression: "DO_NOT_COMPRESS",
      componentType: "CONNECTION",
      groupIdentifier: outer,
    };
    const definition = {
      flowContents: toGroup(name, {
        processors: [make, keep],
        connections: [connection],
        processGroups: [toGroup("Later", { processors: [later], groupIdentifier: outer })],
      }),
      parameterContexts: {
        [context]: {
          name: context,
          componentType: "PARAMETER_CONTEXT",
          parameters: [
            { name: "GREETING", sensitive: false, value: "Hi" },
            { name: "PLACE", sensitive: false, value: "here" },
            { name: "SECRET_WORD", sensitive: true },
            { name: "UNSET_WORD", sensitive: true },
            { name: "FUNCTION_AUTHORIZATION", sensitive: true, value: "" },
          ],
        },
      },
      flowEncodingVersion: "1.0",
    };
    return `${JSON.stringify(definition, null, 2).replace(/\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g, (_, inside: string) => `[${inside.replace(/\s+/g, " ")}]`)}\n`;
  }
});

function sensitive(name: string) {
  return { name, displayName: name, identifiesControllerService: false, sensitive: true, dynamic: true };
}

/** Derives a UUID from a text. */
function toUuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(-3)}-${hex.slice(16, 28)}`;
}
