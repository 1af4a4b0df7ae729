import type { StartedGateway } from "../support/gateway/gateway.ts";
import { launchGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { startMirrorGateway } from "./mirror-gateway.ts";

const app = "https://app.example";
const other = "http://localhost:3000";

const corsHeaders = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^(access-control-|vary$)/.test(name)));

function calls(gateway: () => StartedGateway) {
  const call = (path: string, origin: string | undefined, options: { method?: string; body?: string } = {}) =>
    httpCall(gateway().url + path, { ...options, headers: origin === undefined ? {} : { origin } });
  const preflight = (path: string, origin: string, headers: Record<string, string> = {}) =>
    httpCall(gateway().url + path, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", ...headers },
    });
  return { call, preflight };
}

describe("with CORS_ORIGINS as a list", () => {
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startMirrorGateway({ CORS_ORIGINS: `${app}, ${other}` });
  }, 60_000);
  afterAll(() => gateway?.[Symbol.asyncDispose]());
  const { call, preflight } = calls(() => gateway);

  it.each(["/function/mirror", "/async-function/mirror", "/function/mirror/below?a=1"])(
    "answers the preflight of %s for listed origins, and does not call the function",
    async (path) => {
      const answer = await preflight(path, app, {
        "access-control-request-headers": "content-type,x-custom",
      });
      expect(answer).toMatchObject({ status: 204, body: "" });
      expect(corsHeaders(answer.headers)).toEqual({
        "access-control-allow-origin": app,
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "access-control-allow-headers": "content-type,x-custom",
        "access-control-max-age": "600",
        vary: "Origin, Access-Control-Request-Headers",
      });
      expect(gateway.output()).not.toContain("mirrored OPTIONS");
    },
  );

  it.each([
    ["an answer", "/function/mirror", 200],
    ["an error", "/function/nobody", 404],
    ["an asynchronous call", "/async-function/mirror", 202],
  ])("lets their pages read %s", async (_, path, status) => {
    const answer = await call(path, other, { body: "x" });
    expect(answer.status).toBe(status);
    const headers = corsHeaders(answer.headers);
    expect(headers).toEqual({
      "access-control-allow-origin": other,
      "access-control-expose-headers": expect.stringMatching(/\bX-Call-Id\b.*\bX-Duration-Seconds\b/),
      vary: "Origin",
    });
  });

  it("lets no other page read answers, and passes its OPTIONS to the function", async () => {
    for (const origin of ["https://evil.example", "null", "https://app.example.evil.example"]) {
      const answer = await preflight("/function/mirror", origin);
      expect(JSON.parse(answer.body).method).toBe("OPTIONS");
      expect(corsHeaders(answer.headers)).toEqual({ vary: "Origin" });
    }
  });

  it("does not change calls without an origin, and OPTIONS requests other than preflights", async () => {
    expect(corsHeaders((await call("/function/mirror", undefined)).headers)).toEqual({ vary: "Origin" });
    const options = await call("/function/mirror", app, { method: "OPTIONS" });
    expect(JSON.parse(options.body).method).toBe("OPTIONS");
  });

  it.each(["/system/functions", "/system/info", "/ui/", "/healthz", "/metrics"])(
    "does not apply to %s",
    async (path) => {
      const answer = await call(path, app);
      expect(corsHeaders(answer.headers)).not.toHaveProperty("access-control-allow-origin");
    },
  );
});

describe("with CORS_ORIGINS=*", () => {
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startMirrorGateway({ CORS_ORIGINS: "*" });
  }, 60_000);
  afterAll(() => gateway?.[Symbol.asyncDispose]());
  const { call, preflight } = calls(() => gateway);

  it("lets every page read, without credentials", async () => {
    for (const answer of [
      await call("/function/mirror", "https://anybody.example"),
      await preflight("/function/mirror", "https://anybody.example"),
    ]) {
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
      expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
    }
  });
});

describe("without CORS_ORIGINS", () => {
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startMirrorGateway();
  }, 60_000);
  afterAll(() => gateway?.[Symbol.asyncDispose]());
  const { call, preflight } = calls(() => gateway);

  it("adds no headers, and passes preflights to the function", async () => {
    expect(corsHeaders((await call("/function/mirror", app)).headers)).toEqual({});
    const answer = await preflight("/function/mirror", app);
    expect(JSON.parse(answer.body).method).toBe("OPTIONS");
    expect(corsHeaders(answer.headers)).toEqual({});
  });
});

it("an invalid origin stops the start with an error message", async () => {
  const gateway = launchGateway({ env: { CORS_ORIGINS: "app.example" } });
  expect(await gateway.ended).toBe(1);
  expect(gateway.output()).toMatch(/^npm start: CORS_ORIGINS must be origins such as /);
});
