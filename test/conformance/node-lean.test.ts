import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { type HttpCall, httpCall } from "../support/http/http-call.ts";
import { nodeBinary } from "../support/node-binary.ts";
import { type StartedTemplateHost, startTemplateHost } from "../support/openfaas/template-host.ts";
import { leanTemplate, node18 } from "../support/repo.ts";
import { buildFixture } from "./build-fixture.ts";
import { describeContract } from "./contract.ts";
import { describeFuzz } from "./fuzz/describe-fuzz.ts";
import { describeTemplateAnswers } from "./template-answers.ts";

/** Node.js 24, as in the template's image, if CONTRACT_NODES lists it; else the one that runs the tests. */
const node = (process.env.CONTRACT_NODES ?? "").split(",").includes("24") ? nodeBinary(24) : undefined;
const lean = { template: leanTemplate, node, avoidsTraps: true };

describe("the node18 contract on template/node-lean, except for the traps that it fixes", () => {
  describeContract(lean);
  describeTemplateAnswers(lean);
  describeFuzz(lean);
});

const post = (type: string, body: string): HttpCall => ({ headers: { "content-type": type }, body });

describe("template/node-lean answers like node18", () => {
  let folder: string;
  const hosts: StartedTemplateHost[] = [];
  beforeAll(async () => {
    folder = buildFixture("answers");
    hosts.push(await startTemplateHost({ handler: folder, node: node18() }));
    hosts.push(await startTemplateHost({ ...lean, handler: folder }));
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
    rmSync(dirname(folder), { recursive: true });
  });

  /** The common part of both answers, without headers that Node.js and express add. */
  async function answers(path: string, call: HttpCall = {}) {
    const both = hosts.map(async ({ url }) => {
      const { status, headers, body } = await httpCall(url + path, call);
      const {
        date: _date,
        etag: _etag,
        connection: _connection,
        "keep-alive": _keepAlive,
        ...others
      } = headers;
      const { "content-length": length = "0" } = headers;
      return { status, headers: { ...others, "content-length": length }, body };
    });
    return Promise.all(both);
  }

  it.each([
    ...["/text", "/empty", "/object", "/array", "/class", "/date", "/true", "/null", "/undefined", "/number"],
    ...["/bytes", "/view", "/json", "/json-object", "/json-bytes", "/png", "/csv", "/quoted", "/metrics"],
    ...["/created", "/cookies", "/no-content", "/not-modified", "/returned", "/returned-object"],
  ])("for a handler at %s", async (path) => {
    for (const method of ["GET", "HEAD"]) {
      const [node18Answer, leanAnswer] = await answers(path, { method });
      expect(leanAnswer).toEqual(node18Answer);
    }
  });

  it.each<[string, HttpCall]>([
    ["/a/b?x=1&y=a%20b+c&x=2&z", {}],
    ["/%C3%A9/%2F?", { method: "DELETE" }],
    ["//double?q=%E9", { method: "OPTIONS" }],
    ["/json", post("application/json", '{"a":[1]}')],
    ["/event", post("application/json", '{"a":[1]}')],
    ["/event", post("Application/JSON; charset=UTF-8", "[1]")],
    ["/event", post("application/json", "")],
    ["/event", post("text/plain; charset=iso-8859-1", "café")],
    ["/event", post("text/csv", "")],
    ["/event", post("application/x-www-form-urlencoded", "a=1&b=%20+&a=2&c")],
    ["/event", post("text/", "x")],
    ["/event", { method: "PUT", body: "no type" }],
    ["/event", { method: "PATCH", body: "chunked", chunked: true }],
  ])("with the event of a call to %s: %j", async (path, call) => {
    const [node18Answer, leanAnswer] = await answers(path, call);
    expect(leanAnswer).toEqual(node18Answer);
  });

  it.each<[number, string, HttpCall]>([
    [400, "broken JSON", post("application/json", "{")],
    [400, "JSON that is no object", post("application/json", "1")],
    [415, "JSON in another charset", post("application/json; charset=latin1", "{}")],
    [415, "a text in an unknown charset", post("text/plain; charset=nonsense", "x")],
    [413, "a text of more than 100 kB", post("text/plain", "x".repeat(102_401))],
  ])("with status %i to %s", async (status, _, call) => {
    expect((await answers("/event", call)).map((answer) => answer.status)).toEqual([status, status]);
  });
});
