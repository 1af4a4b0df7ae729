import { authenticate } from "../auth/authenticate.ts";
import { configReader } from "../config/config-reader.ts";
import { functionSettings } from "../config/function-settings.ts";
import { PeerUnavailableError } from "../errors/peer-errors.ts";
import { PlatformError } from "../errors/platform-error.ts";
import { invoke } from "../testing/invoke.ts";
import { Batch } from "./batch.ts";
import { defineFunction } from "./define-function.ts";
import { Representation } from "./representation.ts";
import type { Handler, TemplateContext, TemplateEvent } from "./template.ts";

const readConfig = configReader({ ...functionSettings });
const silent = { ...process.env, LOG_LEVEL: "silent" };

/** A function that runs the given work on the body's text. */
function createFunction(run: (text: string) => unknown): Handler {
  return defineFunction({
    name: "test",
    methods: ["POST"],
    readConfig: () => readConfig(silent),
    authenticate,
    parse: (request) => request.body().toString(),
    run,
  });
}

const post = (body = "x", more = {}) => ({ method: "POST", body, ...more });

describe("defineFunction", () => {
  it("adds one listener for SIGTERM, whatever the number of handlers", () => {
    for (let n = 0; n < 20; n += 1) createFunction(() => n);
    expect(process.listenerCount("SIGTERM")).toBe(1);
    expect(process.listenerCount("unhandledRejection")).toBe(1);
  });

  it("answers a result as JSON with a line end", async () => {
    const answered = await invoke(
      createFunction((text) => ({ text })),
      post("hello"),
    );
    expect(answered).toMatchObject({ statusCode: 200, body: '{"text":"hello"}\n' });
    expect(answered.headers["content-type"]).toBe("application/json");
  });

  it("answers NDJSON with only the errors for Prefer: return=minimal", async () => {
    const failed = new PeerUnavailableError({ setting: "PEER", host: "peer" });
    const run = () => new Batch("ndjson", [1, failed, 3]);
    const minimal = await invoke(
      createFunction(run),
      post("x", { headers: { prefer: "wait=5, return=minimal" } }),
    );
    expect(minimal.headers).toMatchObject({
      "content-type": "application/x-ndjson",
      "preference-applied": "return=minimal",
    });
    expect(
      minimal.body
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([{ index: 1, error: { status: 503, code: "peer_unavailable", detail: expect.any(String) } }]);
    const whole = await invoke(
      createFunction(run),
      post("x", { headers: { prefer: "return=representation" } }),
    );
    expect(whole.body.trimEnd().split("\n")).toHaveLength(3);
    expect(whole.headers).not.toHaveProperty("preference-applied");
  });

  it("waits for a promise", async () => {
    const answered = await invoke(
      createFunction(async (text) => ({ text })),
      post("later"),
    );
    expect(JSON.parse(answered.body)).toEqual({ text: "later" });
  });

  it("writes a BigInt as an integer with all its digits", async () => {
    const answered = await invoke(
      createFunction(() => ({ n: 36893488147419103233n })),
      post(),
    );
    expect(answered.body).toBe('{"n":36893488147419103233}\n');
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("the password is hunter2");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("the password is hunter2");
      },
    ],
    [
      "throws a value that is not an error",
      () => {
        throw "hunter2";
      },
    ],
    ["returns nothing", () => undefined],
    [
      "returns a value without a JSON form",
      () => {
        const a: { a?: unknown } = {};
        a.a = a;
        return a;
      },
    ],
  ])("answers 500 without details when a function %s", async (_, run) => {
    const answered = await invoke(createFunction(run), post());
    expect(answered.statusCode).toBe(500);
    expect(answered.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answered.body)).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      code: "internal_error",
      detail: "The function failed; its log says why.",
    });
  });

  it("keeps status, code, message and headers of a 4xx error", async () => {
    class TeapotError extends PlatformError {
      constructor() {
        super({ status: 422, code: "teapot", detail: "It is a teapot.", headers: { "x-pot": "tea" } });
      }
    }
    const answered = await invoke(
      createFunction(() => {
        throw new TeapotError();
      }),
      post(),
    );
    expect(answered).toMatchObject({ statusCode: 422, headers: { "x-pot": "tea" } });
    expect(JSON.parse(answered.body)).toMatchObject({ code: "teapot", detail: "It is a teapot." });
  });

  it("does not name a peer to the caller", async () => {
    const answered = await invoke(
      createFunction(() => {
        throw new PeerUnavailableError({ setting: "DB_URL", host: "db:5432" });
      }),
      post(),
    );
    expect(answered).toMatchObject({ statusCode: 503, headers: { "retry-after": "1" } });
    expect(answered.body).not.toMatch(/DB_URL|db:5432/);
  });

  it("continues to answer after an error", async () => {
    const handler = createFunction((text) => {
      if (text === "bad") throw new Error(text);
      return text;
    });
    await invoke(handler, post("bad"));
    expect(await invoke(handler, post("good"))).toMatchObject({ statusCode: 200, body: '"good"\n' });
  });

  it("answers a wrong method with 405 and Allow", async () => {
    const answered = await invoke(createFunction(String), { method: "PUT", body: "x" });
    expect(answered).toMatchObject({ statusCode: 405, headers: { allow: "POST, OPTIONS" } });
    expect(JSON.parse(answered.body).code).toBe("method_not_allowed");
  });

  it("answers OPTIONS with the allowed methods", async () => {
    const answered = await invoke(createFunction(String), { method: "OPTIONS" });
    expect(answered).toMatchObject({ statusCode: 204, body: "", headers: { allow: "POST, OPTIONS" } });
  });

  it.each(["GET", "HEAD"])("answers %s /healthz before method and authentication", async (method) => {
    const handler = defineFunction({
      name: "test",
      methods: ["POST"],
      readConfig: () => {
        throw new Error("not read for a health check");
      },
      authenticate,
      parse: () => "",
      run: () => "",
    });
    expect(await invoke(handler, { method, path: "/healthz" })).toMatchObject({ statusCode: 200 });
  });

  it("keeps a plain X-Call-Id and replaces any other", async () => {
    const handler = createFunction(String);
    const kept = await invoke(handler, post("x", { headers: { "X-Call-Id": "call-1" } }));
    expect(kept.headers["x-call-id"]).toBe("call-1");
    const replaced = await invoke(handler, post("x", { headers: { "X-Call-Id": "a\r\nset-cookie: b" } }));
    expect(replaced.headers["x-call-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("refuses a body over MAX_BODY_BYTES with 413", async () => {
    const handler = defineFunction({
      name: "test",
      methods: ["POST"],
      readConfig: () => readConfig({ ...silent, MAX_BODY_BYTES: "4" }),
      authenticate,
      parse: (request) => request.body().toString(),
      run: String,
    });
    expect((await invoke(handler, post("four"))).statusCode).toBe(200);
    expect(JSON.parse((await invoke(handler, post("fives"))).body)).toMatchObject({
      status: 413,
      code: "body_too_large",
    });
  });

  it.each(["GET", "HEAD"])("ignores a body of %s, whatever its size and type", async (method) => {
    const handler = defineFunction({
      name: "test",
      methods: ["GET"],
      readConfig: () => readConfig({ ...silent, MAX_BODY_BYTES: "4" }),
      authenticate,
      parse: () => "",
      run: String,
    });
    const headers = { "content-type": "nonsense", "content-length": "5" };
    expect((await invoke(handler, { method, body: "fives", headers })).statusCode).toBe(200);
  });

  it("reads its settings at the first call, and reveals only that they are invalid", async () => {
    let reads = 0;
    const handler = defineFunction({
      name: "test",
      methods: ["POST"],
      readConfig: () => {
        reads += 1;
        return readConfig({ MAX_BODY_BYTES: "many", LOG_LEVEL: "loud" });
      },
      authenticate,
      parse: () => "",
      run: () => "",
    });
    expect(reads).toBe(0);
    const answered = await invoke(handler, post());
    expect(JSON.parse(answered.body)).toMatchObject({ status: 500, code: "config_invalid" });
    expect(answered.body).not.toMatch(/MAX_BODY_BYTES|many/);
  });

  it("answers an NDJSON batch as NDJSON", async () => {
    const handler = createFunction(() => new Batch("ndjson", [1, 2]).map((n) => ({ n })));
    const answered = await invoke(handler, post());
    expect(answered.headers["content-type"]).toBe("application/x-ndjson");
    expect(answered.body).toBe('{"n":1}\n{"n":2}\n');
  });

  it("answers a representation with its headers, or 304 for a current copy", async () => {
    const handler = defineFunction({
      name: "test",
      methods: ["GET"],
      readConfig: () => readConfig(silent),
      authenticate,
      parse: () => "",
      run: () => new Representation({ json: '{"n":1}', etag: "abc", cacheControl: "no-cache" }),
    });
    const headers = { "cache-control": "no-cache", etag: '"abc"', "x-call-id": expect.any(String) };
    expect(await invoke(handler)).toEqual({
      statusCode: 200,
      headers: { ...headers, "content-type": "application/json" },
      body: '{"n":1}\n',
    });
    const again = await invoke(handler, { headers: { "If-None-Match": '"abc"' } });
    expect(again).toEqual({ statusCode: 304, headers, body: "" });
  });

  it("answers an empty event, as in tests of handlers", async () => {
    expect(
      await readResponse(
        {} as TemplateEvent,
        createFunction((body) => ({ body })),
      ),
    ).toBe('{"body":""}\n');
  });

  it("opens its client once", async () => {
    let opened = 0;
    const handler = defineFunction({
      name: "test",
      methods: ["POST"],
      readConfig: () => readConfig(silent),
      authenticate,
      connect: () => {
        opened += 1;
        return {};
      },
      parse: () => "",
      run: () => "",
    });
    await Promise.all([invoke(handler, post()), invoke(handler, post())]);
    expect(opened).toBe(1);
  });

  it.each([
    [
      "a parsed form",
      { "People are kind": "" },
      { "content-length": "15", "content-type": "application/x-www-form-urlencoded" },
    ],
    ["a dropped body", {}, { "content-length": "12", "content-type": "application/octet-stream" }],
    [
      "a dropped body behind the watchdog",
      {},
      { "transfer-encoding": "chunked", "content-type": "application/octet-stream" },
    ],
  ])("answers 500 when the template runs without RAW_BODY and passes %s", async (_, body, headers) => {
    const answered = await postBody(body, headers);
    expect(JSON.parse(answered)).toMatchObject({ status: 500, code: "raw_body_required" });
  });

  it("serialises JSON that the template has parsed without RAW_BODY", async () => {
    const headers = { "content-type": "application/json", "transfer-encoding": "chunked" };
    expect(JSON.parse(await postBody({ a: 1 }, headers))).toBe('{"a":1}');
    expect(JSON.parse(await postBody({}, headers))).toBe("{}");
  });

  it("answers 415 for a body with a malformed type, which the template drops", async () => {
    const answered = await postBody({}, { "content-length": "12", "content-type": "nonsense" });
    expect(JSON.parse(answered)).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });
});

/** The body of a handler's response to the event of the real template. */
async function readResponse(event: TemplateEvent, handler: Handler): Promise<string> {
  let text = "";
  const context: TemplateContext = {
    status: () => context,
    headers: () => context,
    succeed: (answer) => {
      text = answer;
    },
  };
  await handler(event, context);
  return text;
}

/** The same for a POST with this body, to a function that answers with its text. */
function postBody(body: unknown, headers: Record<string, string>): Promise<string> {
  return readResponse({ body, headers, method: "POST", query: {}, path: "/" }, createFunction(String));
}
