import { brotliCompressSync, gzipSync } from "node:zlib";
import { parseAnswers, rawExchange } from "../support/http/raw-http.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { bundleFolder } from "../support/repo.ts";
import { type ContractHost, errorContentType } from "./contract-host.ts";

const gzip = "Content-Encoding: gzip";

/** Calls that never reach a function: the table in docs/explanation/template-traps.md. */
const calls: [
  call: string,
  start: string,
  status: number,
  form: "a body" | "no body",
  body?: string | Buffer,
][] = [
  ["a body over MAX_RAW_SIZE", "POST /", 413, "a body", "x".repeat(1_048_577)],
  [
    "a body over MAX_RAW_SIZE once inflated",
    `POST /|${gzip}`,
    413,
    "a body",
    gzipSync("x".repeat(1_048_577)),
  ],
  ["a body that is not gzip", `POST /|${gzip}`, 400, "a body", "x"],
  ["a gzipped body that is cut off", `POST /|${gzip}`, 400, "a body", gzipSync("People").subarray(0, 12)],
  ["Brotli", "POST /|Content-Encoding: br", 415, "a body", brotliCompressSync("x")],
  ["zstd", "POST /|Content-Encoding: zstd", 415, "a body", "x"],
  ["a malformed path", "POST /%E0%A4%A", 400, "a body"],
  ["TRACE", "TRACE /", 404, "a body"],
  ["PROPFIND", "PROPFIND /", 404, "a body"],
  ["an unknown Expect", "POST /|Expect: x", 417, "no body"],
  ["headers over 16 kB", `POST /|X-Long: ${"x".repeat(17_000)}`, 431, "no body"],
  ["a malformed header", "POST /|nonsense", 400, "no body"],
];

/** Declares tests of the answers that the template gives without the function, which under node18 are not problem+json. */
export function describeTemplateAnswers(host: ContractHost): void {
  describe("answers of the template itself", () => {
    let started: StartedTemplateHost;
    beforeAll(async () => {
      started = await startTemplateHost({
        ...host,
        handler: bundleFolder("sentiment"),
        env: stackEnvironment,
      });
    });
    afterAll(() => started?.[Symbol.asyncDispose]());

    it.each(calls)("%s", async (_, start, status, form, body = "") => {
      const [target, ...headers] = start.split("|");
      const lines = ["Host: x", "Connection: close", `Content-Length: ${Buffer.byteLength(body)}`];
      const head = [`${target} HTTP/1.1`, ...headers, ...lines, "", ""].join("\r\n");
      const bytes = Buffer.concat([Buffer.from(head), Buffer.from(body)]);
      const [answer] = parseAnswers(await rawExchange(started.url, bytes));
      expect(answer?.status).toBe(status);
      if (form === "no body") expect(answer?.body.toString()).toBe("");
      else expect(answer?.headers["content-type"]).toBe(errorContentType(host));
      expect(answer?.body.toString()).not.toMatch(/ at .*\.js/);
    });
  });
}
