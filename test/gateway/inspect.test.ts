import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findSources } from "@platform/shared/errors/source-map";
import WebSocket from "ws";
import { launchGateway, type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { bundleFolder, root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
let gateway: StartedGateway;
let inspector: Inspector;
beforeAll(async () => {
  gateway = await startGateway({ args: ["--inspect", "sentiment"], env: noChain });
  inspector = await Inspector.attach(await debuggerAddress(gateway));
}, 60_000);
afterAll(async () => {
  inspector?.close();
  await gateway?.[Symbol.asyncDispose]();
}, 30_000);

/** Waits for the debugger's address in the output of a gateway. */
const debuggerAddress = (inspectedGateway: StartedGateway) =>
  waitFor(
    "the debugger's line",
    () => /^sentiment: the debugger listens on (127\.0\.0\.1:\d+)$/m.exec(inspectedGateway.output())?.[1],
  );

interface Script {
  scriptId: string;
  url: string;
  sourceMapURL: string;
}

interface Location {
  scriptId: string;
  lineNumber: number;
  columnNumber: number;
}

/** A client of Node.js's debugger. */
class Inspector {
  readonly #socket: WebSocket;
  readonly #events: { method: string; params: unknown }[] = [];
  readonly #answers = new Map<number, (result: never) => void>();
  readonly #waiting = new Set<() => void>();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const { id, result, method, params } = JSON.parse(String(data));
      if (id !== undefined) return this.#answers.get(id)?.(result as never);
      this.#events.push({ method, params });
      for (const wake of this.#waiting) wake();
    });
  }

  static async attach(address: string): Promise<Inspector> {
    const [target] = JSON.parse((await httpCall(`http://${address}/json/list`)).body);
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await once(socket, "open");
    return new Inspector(socket);
  }

  send<T>(method: string, params: object = {}): Promise<T> {
    this.#id += 1;
    const answer = new Promise<T>((done) => this.#answers.set(this.#id, done));
    this.#socket.send(JSON.stringify({ id: this.#id, method, params }));
    return answer;
  }

  async event<T>(method: string, isWanted: (params: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const event = this.#events.find(
        (candidate) => candidate.method === method && isWanted(candidate.params as T),
      );
      if (event !== undefined) return event.params as T;
      await new Promise<void>((wake) => this.#waiting.add(wake));
    }
  }

  close(): void {
    this.#socket.close();
  }
}

it("lets a debugger pause at a TypeScript line of the function, by its source map", async () => {
  await inspector.send("Debugger.enable");
  const bundle = join(bundleFolder("sentiment"), "handler.js");
  const script = await inspector.event<Script>(
    "Debugger.scriptParsed",
    ({ url }) => url.startsWith("file:") && fileURLToPath(url) === bundle,
  );
  const mapFile = resolve(dirname(bundle), script.sourceMapURL);
  const map = JSON.parse(readFileSync(mapFile, "utf8"));
  const sourcesFolder = resolve(dirname(mapFile), map.sourceRoot);
  const ours = (map.sources as string[]).filter((source) => !source.includes("node_modules"));
  expect(ours).toContain("functions/sentiment/src/score.ts");
  expect(ours.filter((source) => !existsSync(join(sourcesFolder, source)))).toEqual([]);

  const code = readFileSync(bundle, "utf8").split("\n");
  const lineNumber = code.findIndex((text) => text.includes("new EmptyTextError"));
  const columnNumber = code[lineNumber]!.indexOf("new EmptyTextError");
  await inspector.send("Debugger.setBreakpointByUrl", { url: script.url, lineNumber, columnNumber });
  const answer = httpCall(`${gateway.url}/function/sentiment`, { body: " " });
  const { callFrames } = await inspector.event<{
    callFrames: { functionName: string; location: Location }[];
  }>("Debugger.paused");
  const [{ functionName, location }] = callFrames as [(typeof callFrames)[0]];
  expect(functionName).toMatch(/^score\d*$/);
  const [pausedAt] = findSources(map, [{ line: location.lineNumber + 1, column: location.columnNumber + 1 }]);
  const thrownAt =
    readFileSync(join(root, "functions/sentiment/src/score.ts"), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("throw new EmptyTextError")) + 1;
  expect(pausedAt).toMatch(new RegExp(`^functions/sentiment/src/score\\.ts:${thrownAt}:`));
  await inspector.send("Debugger.resume");
  expect((await answer).status).toBe(400);
}, 30_000);

it("opens another port when 9229 is taken, for a second gateway", async () => {
  const second = await startGateway({ args: ["--inspect", "sentiment"], env: noChain });
  expect(await debuggerAddress(second)).not.toBe(await debuggerAddress(gateway));
  await second[Symbol.asyncDispose]();
}, 60_000);

it("refuses a function that is missing in the stack file", async () => {
  const program = launchGateway({ args: ["--inspect", "nobody"], env: noChain });
  expect(await program.ended).toBe(2);
  expect(program.output()).toMatch(
    /^npm start: no function "nobody" to inspect; the stack file has .*sentiment/m,
  );
}, 30_000);
