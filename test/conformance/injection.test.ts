import { functionNames } from "../support/functions/stack-functions.ts";
import { httpCall } from "../support/http/http-call.ts";
import { parseAnswers, rawExchange } from "../support/http/raw-http.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { bundleFolder, node18 } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const hosts = new Map<string, StartedTemplateHost>();
beforeAll(async () => {
  for (const name of functionNames) {
    const env = { ...stackEnvironment, GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
    hosts.set(name, await startTemplateHost({ handler: bundleFolder(name), node: node18(), env }));
  }
});
afterAll(() => Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]())));

async function call(name: string, body: string, path = "/"): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  return JSON.parse((await httpCall(hosts.get(name)!.url + path, { body, headers })).body);
}

const polluting = [
  '{"__proto__":{"text":"People are kind","polluted":1}}',
  '{"constructor":{"prototype":{"text":"People are kind","polluted":1}}}',
  '{"data":{"__proto__":{"text":"People are kind","polluted":1}},"includes":{"__proto__":{"users":[]}}}',
  '{"text":"fine","__proto__":{"polluted":1},"user":{"__proto__":{"screen_name":"eve","polluted":1}}}',
  '{"data":[{"text":"fine","author_id":"__proto__"}],"includes":{"users":[{"id":"__proto__","polluted":1}]}}',
];
const query =
  "/?__proto__[engine]=afinn&constructor[prototype][engine]=afinn&engine[__proto__]=afinn&__proto__=afinn";

describe("a body or a query that tries to change the prototype of all objects", () => {
  it.each(["sentiment", "tweet-enrich"])("changes nothing in %s", async (name) => {
    for (const body of [...polluting, `[${polluting}]`]) await call(name, body);
    await call(name, '"People are kind"', query);
    const code = name === "sentiment" ? "not_a_text" : "not_a_tweet";
    expect(await call(name, "{}")).toMatchObject({ status: 422, code });
    const good = await call(name, '{"text":"People are kind"}');
    expect(good).toMatchObject({ polarity: 0.6 });
    expect(good).not.toHaveProperty("polluted");
  });

  it("gives no item the text of another object", async () => {
    const codes = (await call("sentiment", `[${polluting.slice(0, 3)}]`)) as { error?: { code: string } }[];
    expect(codes.map(({ error }) => error?.code)).toEqual(["not_a_text", "not_a_text", "not_a_text"]);
  });
});

const forged = '{"level":"error","msg":"forged"}';
/** Calls that try to write to the log. Node.js answers 400 to control characters in headers. */
const writing: readonly (readonly [target: string, headers: string, body: string])[] = [
  ["/", "X-Call-Id: a\\nb", "x"],
  ["/", `X-Call-Id: ${forged}`, "x"],
  ["/", "X-Call-Id: \x85\x9b31m", "x"],
  ["/", `Content-Type: text/plain; charset=${"x".repeat(500)}`, "x"],
  ["/", "Content-Type: text/\x9b31m", "x"],
  [`/%0a${encodeURIComponent(forged)}%0a`, "", "x"],
  ["/%1b[31m%e2%80%a8", "", "x"],
  [`/?engine=%0a${encodeURIComponent(forged)}`, "", "x"],
  ["/", "Content-Type: application/json", `\n${forged}\n\x1b[31m`],
  ["/", "Content-Type: application/x-ndjson", `{\n${forged}\n{"text":"\\n${forged.replaceAll('"', '\\"')}"}`],
];

it.each(functionNames)(
  "%s writes exactly one line of JSON for a call to its log, whatever the call contains",
  async (name) => {
    const host = hosts.get(name)!;
    const ids: (string | undefined)[] = [];
    for (const [target, headers, body] of writing) {
      const head = [
        `POST ${target} HTTP/1.1`,
        "Host: x",
        "Connection: close",
        `Content-Length: ${body.length}`,
      ];
      const bytes = `${[...head, ...(headers === "" ? [] : [headers])].join("\r\n")}\r\n\r\n${body}`;
      ids.push(parseAnswers(await rawExchange(host.url, bytes))[0]?.headers["x-call-id"]);
    }
    const lines = () => host.output().split("\n").slice(0, -1);
    const idsOfCalls = () =>
      lines().flatMap((line) => {
        const { msg, call_id: id } = JSON.parse(line);
        return msg === "call" && ids.includes(id) ? [id] : [];
      });
    await waitFor("the lines", () => idsOfCalls().length >= ids.length);
    expect(idsOfCalls()).toEqual(ids);
    expect(lines().filter((line) => JSON.parse(line).msg === "forged")).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would interpret them
    expect(lines().join("")).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/);
  },
);
