import { type HttpCall, httpCall } from "../support/http/http-call.ts";
import { type StartedTemplateHost, startTemplateHost } from "../support/openfaas/template-host.ts";
import { waitFor } from "../support/wait-for.ts";
import type { ContractHost } from "./contract-host.ts";
import { type StartedTrapHosts, startTrapHosts } from "./trap-hosts.ts";

const problemType = "application/problem+json; charset=utf-8";

/** Declares tests of a template without the traps of node18: the table in docs/how-to/use-the-lean-template.md. */
export function describeFixedTraps(host: ContractHost): void {
  describe("the traps of node18, fixed", () => {
    let hosts: StartedTrapHosts;
    let folder: string;
    let raw: StartedTemplateHost;
    let parsing: StartedTemplateHost;
    beforeAll(async () => {
      hosts = await startTrapHosts(host);
      ({ folder, raw, parsing } = hosts);
    });
    afterAll(() => hosts?.[Symbol.asyncDispose]());

    /** Expects problem+json. */
    async function expectProblem(url: string, call: HttpCall, problem: object) {
      const { status, headers, body } = await httpCall(url, call);
      expect(headers["content-type"]).toBe(problemType);
      expect(JSON.parse(body)).toMatchObject({
        status,
        type: "about:blank",
        title: expect.any(String),
        ...problem,
      });
      return { headers, body };
    }

    it.each(["/reject", "/throw", "/big", "/fail-inside"])(
      "answers 500 problem+json that reveals nothing to %s, logs the error and continues to serve",
      async (path) => {
        const before = raw.output().length;
        const { body } = await expectProblem(`${raw.url}${path}`, {}, { status: 500 });
        expect(body).not.toMatch(/hunter2|promise|BigInt/);
        const line = await waitFor("the log", () =>
          raw
            .output()
            .slice(before)
            .split("\n")
            .find((text) => text.startsWith("{")),
        );
        expect(JSON.parse(line)).toMatchObject({ level: "error", error: expect.stringContaining("Error: ") });
        expect((await httpCall(raw.url)).status).toBe(200);
      },
    );

    it("keeps status, headers and text of fail() below 500", async () => {
      const { headers } = await expectProblem(`${raw.url}/fail`, {}, { status: 400, detail: "no" });
      expect(headers["x-kept"]).toBe("yes");
    });

    it.each([
      ["/callback", "called back"],
      ["/twice", "first"],
    ])("answers once and continues to serve at %s", async (path, body) => {
      expect(await httpCall(`${raw.url}${path}`)).toMatchObject({ status: 200, body });
      expect((await httpCall(raw.url)).status).toBe(200);
    });

    it("survives an unhandled rejection", async () => {
      expect(await httpCall(`${raw.url}/stray`)).toMatchObject({ status: 200, body: "answered" });
      await waitFor("the log line", () => raw.output().includes("unhandled_rejection"));
      expect((await httpCall(raw.url)).status).toBe(200);
    });

    it.each(["application/octet-stream", "image/png", "application/x-ndjson"])(
      "passes a body of type %s as a Buffer, with and without RAW_BODY",
      async (type) => {
        for (const { url } of [raw, parsing]) {
          const { body } = await httpCall(url, { headers: { "content-type": type }, body: "x" });
          expect(JSON.parse(body)).toEqual({ body: { hex: "78" } });
        }
      },
    );

    it("answers broken JSON and bodies above 100 kB with problem+json", async () => {
      const json = { "content-type": "application/json" };
      await expectProblem(parsing.url, { headers: json, body: "{" }, { status: 400, code: "invalid_json" });
      const large = { body: "x".repeat(102_401) };
      for (const { url } of [raw, parsing])
        await expectProblem(url, large, { status: 413, code: "body_too_large" });
    });

    it("on SIGTERM serves until no call has arrived for two seconds, finishes calls in flight and exits 0", async () => {
      const ending = await startTemplateHost({ ...host, handler: folder });
      const early = httpCall(`${ending.url}/slow`);
      ending.signal("SIGTERM");
      expect((await httpCall(ending.url)).status).toBe(200);
      expect((await early).body).toBe("in flight");
      expect(await ending.ended).toBe(0);
    });

    it("does not start with an invalid size", async () => {
      const env = { MAX_RAW_SIZE: "many" };
      await expect(startTemplateHost({ ...host, handler: folder, env })).rejects.toThrow(
        'MAX_RAW_SIZE must be a size such as 1mb, 100kb or 65536, not "many"',
      );
    });
  });
}
