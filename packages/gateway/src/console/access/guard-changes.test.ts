import { startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import express from "express";
import { type HttpCall, httpCall } from "../../../../../test/support/http/http-call.ts";
import { guardChanges } from "./guard-changes.ts";

const { log, take } = recordedLog();

/** The guard in front of a route that counts requests. */
async function startGuarded(isReadOnly = false) {
  take();
  const reached: string[] = [];
  const app = express();
  app.use((_request, response, next) => {
    response.locals.user = "ada";
    next();
  });
  app.use("/ui/api", guardChanges({ isReadOnly, log }), (request, response) => {
    reached.push(request.method);
    response.json({});
  });
  app.use(problemHandler("gateway", () => undefined));
  const server = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
  const host = new URL(server.url).host;
  const send = async (call: HttpCall) => {
    const { status, body } = await httpCall(`${server.url}/ui/api/topics/twitter`, call);
    const { code, detail } = JSON.parse(body || "{}");
    return { status, code, detail };
  };
  return { host, reached, send, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const page = { "x-console": "1", "content-type": "application/json", "sec-fetch-site": "same-origin" };
const change = (headers: Record<string, string> = {}, method = "POST") => ({
  method,
  headers: { ...page, ...headers },
  body: "{}",
});

describe("guardChanges", () => {
  it.each(["POST", "PUT", "PATCH", "DELETE"])("accepts a %s of the console's own page", async (method) => {
    await using guarded = await startGuarded();
    expect(await guarded.send(change({ origin: `http://${guarded.host}` }, method))).toMatchObject({
      status: 200,
    });
    expect(guarded.reached).toEqual([method]);
  });

  it("accepts a change of a program, which sends neither Origin nor Sec-Fetch-Site", async () => {
    await using guarded = await startGuarded();
    const headers = { "x-console": "1", "content-type": "application/json; charset=utf-8" };
    expect(await guarded.send({ method: "POST", headers, body: "{}" })).toMatchObject({ status: 200 });
  });

  it.each([
    ["of another site", { "sec-fetch-site": "cross-site" }],
    ["of another port of the same host", { "sec-fetch-site": "same-site" }],
    ["of another origin, by an old browser", { "sec-fetch-site": "", origin: "https://evil.example" }],
    ["of a sandboxed page", { "sec-fetch-site": "", origin: "null" }],
    ["of the same host by another port", { "sec-fetch-site": "", origin: "http://127.0.0.1:1" }],
  ])("refuses a change of a page %s", async (_, headers) => {
    await using guarded = await startGuarded();
    const { "sec-fetch-site": site, ...others } = { ...page, ...headers };
    const sent = site === "" ? others : { ...others, "sec-fetch-site": site };
    expect(await guarded.send({ method: "POST", headers: sent, body: "{}" })).toMatchObject({
      ...{ status: 403, code: "cross_origin" },
    });
    expect(guarded.reached).toEqual([]);
  });

  it.each([
    ["without the header X-Console", { "x-console": "" }, 403, "console_header_missing"],
    ["as a form", { "content-type": "application/x-www-form-urlencoded" }, 415, "unsupported_media_type"],
    ["as text that is JSON", { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["as JSON of another name", { "content-type": "application/jsonp" }, 415, "unsupported_media_type"],
  ])("refuses a change %s", async (_, headers, status, code) => {
    await using guarded = await startGuarded();
    expect(await guarded.send(change(headers))).toMatchObject({ status, code });
    expect(guarded.reached).toEqual([]);
  });

  it("refuses every change of a read-only console and names the setting, but accepts reads", async () => {
    await using guarded = await startGuarded(true);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      expect(await guarded.send(change({}, method))).toMatchObject({
        ...{ status: 403, code: "console_read_only", detail: expect.stringContaining("UI_READ_ONLY=false") },
      });
    }
    expect(await guarded.send({ method: "GET", headers: { "sec-fetch-site": "cross-site" } })).toMatchObject({
      status: 200,
    });
    expect(guarded.reached).toEqual(["GET"]);
  });

  it("writes changes and refusals to the audit log, with user, address and path, without the query", async () => {
    await using guarded = await startGuarded();
    await guarded.send(change());
    await guarded.send(change({ "x-console": "2" }));
    const facts = { user: "ada", address: "127.0.0.1", method: "POST", path: "/ui/api/topics/twitter" };
    expect(take().map((line) => JSON.parse(line))).toMatchObject([
      { ...facts, msg: "console_change", status: 200 },
      { ...facts, msg: "console_change_refused", status: 403 },
    ]);
  });
});
