import type { StartedGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { startListener } from "../support/http/listener.ts";
import { parseAnswers, rawExchange } from "../support/http/raw-http.ts";
import { waitFor } from "../support/wait-for.ts";
import { startMirrorGateway } from "./mirror-gateway.ts";
import { ambiguous, brokenChunks, completeRequests, inner } from "./smuggling.ts";

let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startMirrorGateway();
}, 60_000);
afterAll(() => gateway?.[Symbol.asyncDispose]());

const get = (target: string, headers = "") =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;
const readMirroredCalls = () => gateway.output().match(/^mirrored .*$/gm) ?? [];

/** Sends bytes. Returns the answers, and the resulting calls of the function. */
async function send(bytes: string) {
  const before = readMirroredCalls().length;
  const answers = parseAnswers(await rawExchange(gateway.url, bytes));
  // The function reports its calls in order, and this one is the last.
  const fence = `/fence-${before}`;
  await httpCall(`${gateway.url}/function/mirror${fence}`);
  await waitFor("the last call", () => readMirroredCalls().at(-1)?.endsWith(fence));
  return {
    answers,
    statuses: answers.map(({ status }) => status),
    seen: readMirroredCalls().slice(before, -1),
  };
}

describe("of bytes that two servers could read differently, the gateway", () => {
  it.each(ambiguous)("refuses %s, and calls nobody", async (_, bytes) => {
    expect(await send(bytes)).toMatchObject({ statuses: [400], seen: [] });
  });

  it.each(brokenChunks)("refuses %s, and passes nothing after it on", async (_, bytes) => {
    const { statuses, seen } = await send(bytes);
    expect(statuses).toEqual([400]);
    expect(seen).not.toContain("mirrored GET /smuggled");
  });

  it.each(completeRequests)("makes one call of %s", async (_, bytes) => {
    const { answers, statuses, seen } = await send(bytes);
    expect({ statuses, seen }).toEqual({
      statuses: [200],
      seen: [expect.stringMatching(/^mirrored \w+ \/$/)],
    });
    const call = JSON.parse(answers[0]!.body.toString());
    expect(call.body).toBe(inner);
    expect(call.headers["x-call-id"]).not.toBe("trailed");
    expect(call.headers).not.toHaveProperty("content-length");
  });
});

describe("a path", () => {
  it.each([
    "http://127.0.0.1:1/function/mirror",
    "//127.0.0.1:1/function/mirror",
    "/function/../system/functions",
    "/function//127.0.0.1:1/x",
    "/function/mirror@127.0.0.1:1/x",
    "/function/mirror%2f..%2f..%2fsystem",
    "/function/__proto__",
    "/function/constructor",
    "/system/function/__proto__",
    "/async-function/../function/mirror",
  ])("%s reaches no function and no other host", async (target) => {
    const { statuses, seen } = await send(get(target));
    expect({ statuses, seen }).toEqual({ statuses: [404], seen: [] });
  });

  it.each(["/../../system/functions", "//127.0.0.1:1/x", "/%0d%0aX-Evil:%201"])(
    "below a function, %s, is forwarded to the function byte for byte",
    async (below) => {
      const { statuses, seen } = await send(get(`/function/mirror${below}`));
      expect({ statuses, seen }).toEqual({ statuses: [200], seen: [`mirrored GET ${below}`] });
    },
  );
});

describe("headers", () => {
  it("named like properties of a prototype affect only their own call", async () => {
    const { statuses } = await send(
      get("/function/mirror", "__proto__: polluted\r\nconstructor: polluted\r\n"),
    );
    expect(statuses).toEqual([200]);
    expect((await httpCall(`${gateway.url}/function/mirror`)).body).not.toContain("polluted");
    expect((await httpCall(`${gateway.url}/system/functions`)).body).not.toContain("polluted");
  });

  it("that are too large get 431 without a call of the function", async () => {
    const { statuses, seen } = await send(get("/function/mirror", `X: ${"x".repeat(17_000)}\r\n`));
    expect({ statuses, seen }).toEqual({ statuses: [431], seen: [] });
  });

  it("cannot inject log lines: a call id with invalid characters is replaced", async () => {
    const { answers } = await send(get("/function/mirror", 'X-Call-Id: {"level":"error"} \x85\r\n'));
    expect(answers[0]!.headers["x-call-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(gateway.output()).not.toContain('{"level":"error"}');
  });
});

describe("asynchronous calls", () => {
  it("do not follow redirects of callbacks", async () => {
    const paths: (string | undefined)[] = [];
    await using listener = await startListener((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/secret" }).end();
    });
    const headers = { "x-callback-url": `${listener.url}/result`, "x-call-id": "redirected" };
    const url = `${gateway.url}/async-function/mirror`;
    expect((await httpCall(url, { method: "POST", headers })).status).toBe(202);
    await waitFor("the complaint", () =>
      /"call_id":"redirected".*"callback_given_up"/.test(gateway.output()),
    );
    expect(paths).toEqual(["/result"]);
  });

  it("that wait have a memory limit: above it the gateway answers 503, and accepts other calls as before", async () => {
    const body = Buffer.alloc(250_000);
    const call = () => httpCall(`${gateway.url}/async-function/mirror/never`, { body });
    let taken = 0;
    let answer = await call();
    for (; answer.status === 202 && taken < 1_000; taken += 1) answer = await call();
    expect(JSON.parse(answer.body)).toMatchObject({ status: 503, code: "queue_full" });
    expect(taken * body.length).toBeLessThan(64_000_000);
    expect((await httpCall(`${gateway.url}/function/mirror`)).status).toBe(200);
  }, 30_000);
});
