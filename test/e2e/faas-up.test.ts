// needs: openfaas
import { createHmac } from "node:crypto";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { describeGatewayApi } from "../support/gateway/api-conformance.ts";
import { openFaasDifferences } from "../support/gateway/openfaas-differences.ts";
import { httpCall } from "../support/http/http-call.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { hasTemplates, useTemplates } from "../support/openfaas/templates.ts";
import { run, succeed } from "../support/process/command.ts";
import { platformVersion, root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

/** An OpenFaaS whose images need no registry, with Docker and a folder of templates. */
const { OPENFAAS_URL: url } = process.env;
const isAvailable = hasFaasCli() && url !== undefined && hasTemplates();

const minute = 60_000;
/** A replaced or removed function serves for this time; stack.yml's setting is 15 seconds. */
const shortDrain = ["--env", "write_timeout=5s"];
const score = { polarity: 0.6, sentence_count: 1, subjectivity: 0.9 };
const names = [...deployedNames].sort();

/** Makes a call with curl, like a user. */
async function curl(name: string, body: string, headers: readonly string[] = []) {
  const args = ["-sS", "-w", "\n%{http_code}", ...headers.flatMap((header) => ["-H", header])];
  const { stdout } = await run("curl", [...args, "--data-binary", "@-", `${url}/function/${name}`], {
    input: body,
  });
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end)), body: stdout.slice(0, end) };
}

/** Calls a function. The first calls may get a bare 500 or 503, because the watchdog listens before Node.js. */
const callFunction = (name: string, body: string) =>
  waitFor(
    name,
    async () => {
      const headers = { "content-type": "application/octet-stream" };
      const answer = await httpCall(`${url}/function/${name}`, { body, headers });
      return /json/.test(answer.headers["content-type"] ?? "") && JSON.parse(answer.body);
    },
    minute,
  );

/** Reads the names in the table that `faas-cli list` or `secret list` prints. */
async function listed(...args: string[]) {
  const [, ...lines] = (await succeed("faas-cli", args)).trim().split("\n");
  return lines.map((line) => line.trim().split(/\s+/)[0]).sort();
}

requireService("an OpenFaaS (OPENFAAS_URL, OPENFAAS_TEMPLATE)", isAvailable, () => {
  describe("npm run up", () => {
    // Elasticsearch and Kafka do not run: tweet-enrich only answers with its documents.
    const settings = { ELASTICSEARCH_URL: " ", KAFKA_BROKERS: " " };
    let templates: Disposable;
    beforeAll(async () => {
      templates = useTemplates();
      const { OPENFAAS_USER: user, OPENFAAS_PASSWORD: password } = process.env;
      if (user !== undefined) {
        await run("faas-cli", ["login", "--username", user, "--password-stdin"], { input: password ?? "" });
      }
    });
    afterAll(async () => {
      await run("faas-cli", ["remove", "-f", "stack.yml"], { cwd: root });
      for (const name of ["hmac-key", "function-token"]) await run("faas-cli", ["secret", "remove", name]);
      templates[Symbol.dispose]();
    }, 2 * minute);

    it(
      "builds the images, deploys them, and the functions answer",
      async () => {
        await succeed("npm", ["run", "up", "--", "--skip-push", ...shortDrain], { cwd: root, env: settings });
        expect(await callFunction("sentimentanalysis", "People are kind")).toEqual(score);
        expect(await callFunction("sentiment", "It is good. ".repeat(80_000))).toMatchObject({
          sentence_count: 80_000,
        });
        expect(await callFunction("tweet-enrich", '{"text":"People are kind"}')).toMatchObject({
          polarity: 0.6,
        });
        // last-block has no node at its address.
        expect(await callFunction("last-block", "")).toMatchObject({ status: 503, code: "peer_unavailable" });
      },
      5 * minute,
    );

    it("answers faas-cli and curl", async () => {
      expect(
        JSON.parse(await succeed("faas-cli", ["invoke", "sentiment"], { input: "People are kind" })),
      ).toEqual(score);
      const { status, body } = await curl("sentiment", "People are kind");
      expect([status, JSON.parse(body)]).toEqual([200, score]);
      expect(await curl("sentiment", "{", ["Content-Type: application/json"])).toMatchObject({ status: 400 });
      expect(await listed("list")).toEqual(names);
    });

    it(
      "with stack.auth.yml, answers only callers that sign, with faas-cli's sha1 or a client's sha256, or that have the token",
      async () => {
        const key = "correct horse battery staple";
        const token = "battery-staple";
        await succeed("faas-cli", ["secret", "create", "hmac-key"], { input: key });
        await succeed("faas-cli", ["secret", "create", "function-token"], { input: token });
        expect(await listed("secret", "list")).toContain("hmac-key");
        // Only one function, because each replaced one drains.
        const options = ["-f", "stack.auth.yml", "--filter", "sentiment", "--skip-push", ...shortDrain];
        await succeed("npm", ["run", "up", "--", ...options], {
          cwd: root,
          env: { ...settings, HMAC_ALLOW_SHA1: "true" },
        });
        expect(await callFunction("sentiment", "People are kind")).toMatchObject({ status: 401 });

        const sign = ["invoke", "sentiment", "--sign", "Hmac", "--key"];
        expect(JSON.parse(await succeed("faas-cli", [...sign, key], { input: "People are kind" }))).toEqual(
          score,
        );
        const refused = await run("faas-cli", [...sign, "another"], { input: "People are kind" });
        expect([refused.code, refused.stdout + refused.stderr]).toEqual([1, expect.stringContaining("401")]);

        const signature = createHmac("sha256", key).update("People are kind").digest("hex");
        const headers = [`Hmac: sha256=${signature}`];
        expect(await curl("sentiment", "People are kind", headers)).toMatchObject({ status: 200 });
        expect(await curl("sentiment", "People are unkind", headers)).toMatchObject({ status: 401 });
        const bearer = (word: string) =>
          curl("sentiment", "People are kind", [`Authorization: Bearer ${word}`]);
        expect(await bearer(token)).toMatchObject({ status: 200 });
        expect(await bearer(key)).toMatchObject({ status: 401 });
      },
      5 * minute,
    );

    describeGatewayApi(() => String(url), {
      credentials: {
        username: process.env.OPENFAAS_USER ?? "admin",
        password: process.env.OPENFAAS_PASSWORD ?? "",
      },
      namespace: process.env.OPENFAAS_NAMESPACE ?? "openfaas-fn",
      image: process.env.OPENFAAS_IMAGE ?? `serverless-data-platform/sentiment:${platformVersion}`,
      capabilities: {
        changes: true,
        runsFunctions: true,
        // A provider of OpenFaaS's SDK without its gateway has no queue.
        async: process.env.OPENFAAS_ASYNC === "1",
        namespaces: "fixed",
        hidesEnvironment: false,
      },
      isForeign: true,
      differences: openFaasDifferences,
    });

    it(
      "removes the functions that it deployed",
      async () => {
        await succeed("faas-cli", ["remove", "-f", "stack.auth.yml"], { cwd: root });
        expect(await listed("list")).toEqual([]);
      },
      2 * minute,
    );
  });
});
