import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { run } from "../services/command.ts";
import { hasFaasCli } from "../services/faas-cli.ts";
import { httpCall } from "../services/http-call.ts";
import { root } from "../services/repo.ts";
import { requireService } from "../services/require-service.ts";
import { waitFor } from "../services/wait-for.ts";

/** An OpenFaaS whose images need no registry, with Docker and a folder of templates beside it. */
const { OPENFAAS_URL: url, OPENFAAS_TEMPLATE: templates } = process.env;
const there = hasFaasCli() && url !== undefined && templates !== undefined && existsSync(templates);

/** A function's answer. The first calls may get a bare 500 or 503: the watchdog listens before Node.js does. */
const answerOf = (name: string, body: string) =>
  waitFor(
    name,
    async () => {
      const headers = { "content-type": "application/octet-stream" };
      const answer = await httpCall(`${url}/function/${name}`, { body, headers });
      return /json/.test(answer.headers["content-type"] ?? "") && JSON.parse(answer.body);
    },
    60_000,
  );

requireService("an OpenFaaS (OPENFAAS_URL, OPENFAAS_TEMPLATE)", there, () => {
  describe("npm run up", () => {
    const link = join(root, "template");
    const hadTemplate = existsSync(link);
    beforeAll(async () => {
      if (!hadTemplate) symlinkSync(templates!, link);
      const { OPENFAAS_USER: user, OPENFAAS_PASSWORD: password } = process.env;
      if (user !== undefined) {
        await run("faas-cli", ["login", "--username", user, "--password-stdin"], { input: password ?? "" });
      }
    });
    afterAll(async () => {
      await run("faas-cli", ["remove", "-f", "stack.yml"], { cwd: root });
      if (!hadTemplate) rmSync(link);
    }, 120_000);

    it("builds the images, deploys them, and the functions answer", async () => {
      // Elasticsearch and Kafka are not here: tweet-enrich answers with its documents alone.
      const env = { ELASTICSEARCH_URL: " ", KAFKA_BROKERS: " " };
      const { code, stdout, stderr } = await run("npm", ["run", "up", "--", "--skip-push"], {
        cwd: root,
        env,
      });
      if (code !== 0) throw new Error(stdout + stderr);
      const score = await answerOf("sentimentanalysis", "People are kind");
      expect(score).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
      expect(await answerOf("sentiment", "It is good. ".repeat(80_000))).toMatchObject({
        sentence_count: 80_000,
      });
      expect(await answerOf("tweet-enrich", '{"text":"People are kind"}')).toMatchObject({ polarity: 0.6 });
      // There is no node where last-block looks for one.
      expect(await answerOf("last-block", "")).toMatchObject({ status: 503, code: "peer_unavailable" });
    }, 300_000);
  });
});
