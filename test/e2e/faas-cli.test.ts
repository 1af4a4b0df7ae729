// needs: openfaas
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployedNames, functionNames } from "../support/functions/stack-functions.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { startListener } from "../support/http/listener.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { type CommandOptions, run } from "../support/process/command.ts";
import { startProgram } from "../support/process/program.ts";
import { leanTemplate, root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

requireService("faas-cli", hasFaasCli(), () => {
  const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  writeFileSync(join(secrets, "hmac-key"), "correct horse\n");
  writeFileSync(join(secrets, "function-token"), "battery staple\n");
  afterAll(() => rmSync(secrets, { recursive: true }));

  /** Runs faas-cli against a gateway. Returns its output, or throws an error with it. */
  async function faasCli(gateway: StartedGateway, args: readonly string[], options: CommandOptions = {}) {
    const env = { OPENFAAS_URL: gateway.url, OPENFAAS_CONFIG: secrets };
    const { code, stdout, stderr } = await run("faas-cli", args, { cwd: tmpdir(), ...options, env });
    if (code !== 0) throw new Error(`faas-cli ${args.join(" ")} exited with ${code}:\n${stdout}${stderr}`);
    // Without a login file, faas-cli first prints a warning to standard output.
    return stdout.replace(/^Failed to lookup auth config: .*\n/, "");
  }

  describe("a real faas-cli, on the gateway of npm start", () => {
    let gateway: StartedGateway;
    beforeAll(async () => {
      gateway = await startGateway({ args: ["--secrets", secrets] });
    }, 60_000);
    afterAll(() => gateway?.[Symbol.asyncDispose]());

    it("lists and describes the functions", async () => {
      const list = await faasCli(gateway, ["list"]);
      for (const name of deployedNames) {
        expect(list).toMatch(new RegExp(`^${name}\\s+\\d+\\s+1`, "m"));
      }
      expect(await faasCli(gateway, ["describe", "tweet-enrich"])).toMatch(
        /Status:\s+Ready[\s\S]*topic\s*:\s*twitter/,
      );
    });

    it("reports functions and gateway as ready, and their versions", async () => {
      expect(await faasCli(gateway, ["ready", "sentiment", "--attempts", "1"])).toContain("is ready");
      expect(await faasCli(gateway, ["version", "--warn-update=false"])).toContain("local-gateway");
    });

    it("invokes them", async () => {
      const score = await faasCli(gateway, ["invoke", "sentimentanalysis"], { input: "People are kind" });
      expect(JSON.parse(score)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
      const block = JSON.parse(await faasCli(gateway, ["invoke", "last-block"]));
      expect(block).toMatchObject({ number: expect.any(Number) });
      const tweet = JSON.stringify({ text: "Kubernetes is easy", user: { screen_name: "ada" } });
      const document = await faasCli(
        gateway,
        ["invoke", "tweet-enrich", "--content-type", "application/json"],
        { input: tweet },
      );
      expect(JSON.parse(document)).toMatchObject({ "twitter.handle": "ada", sentence_count: 1 });
    });

    it("invokes them asynchronously", async () => {
      const results: string[] = [];
      const listener = await startListener(async (request, response) => {
        let text = "";
        for await (const chunk of request) text += chunk;
        results.push(text);
        response.end();
      });
      const header = `X-Callback-Url=${listener.url}`;
      await faasCli(gateway, ["invoke", "sentiment", "--async", "--header", header], {
        input: "People are kind",
      });
      expect(await waitFor("the result", () => results[0])).toContain('"polarity":0.6');
      await listener[Symbol.asyncDispose]();
    });

    it("shows the log of a function: its last lines, lines since a time, and new ones", async () => {
      const invoke = (input: string) =>
        run("faas-cli", ["invoke", "last-block", "-g", gateway.url], { input });
      await invoke("");
      const logs = (...args: string[]) => faasCli(gateway, ["logs", "last-block", ...args]);
      const lines = (text: string) => text.split("\n").filter(Boolean);
      await waitFor("lines", async () => lines(await logs("--tail=false", "--lines=5")).length > 0);
      expect(lines(await logs("--tail=false", "--lines=1"))).toHaveLength(1);
      expect(lines(await logs("--tail=false", "--since=10m", "--name", "--instance"))[0]).toMatch(
        /^\d{4}-\S+ last-block \(last-block-\d+\) \S/,
      );
      expect(await logs("--tail=false", "--since-time=2099-01-01T00:00:00Z")).toBe("");
      expect(await logs("--tail=false", "-n", "openfaas-fn", "--lines=1")).not.toBe("");
      await expect(faasCli(gateway, ["logs", "nobody", "--tail=false"])).rejects.toThrow(/404/);
      await using follower = startProgram({
        command: ["faas-cli", "logs", "last-block", "--lines=1"],
        env: { ...process.env, OPENFAAS_URL: gateway.url, OPENFAAS_CONFIG: secrets },
      });
      await waitFor("the last line", () => follower.output().includes("last-block"));
      const before = follower.output().length;
      await invoke("");
      await waitFor("a new line", () => follower.output().length > before);
    });

    it("deploys a bundle of this machine, updates and removes it", async () => {
      const deploy = (...args: string[]) => faasCli(gateway, ["deploy", "--name", "mood", ...args]);
      await faasCli(gateway, ["secret", "create", "mood-token"], { input: "first" });
      expect(await faasCli(gateway, ["secret", "list"])).toMatch(/^mood-token\s*$/m);
      expect(await deploy("--image", "me/sentiment:1", "--secret", "mood-token")).toContain("202 Accepted");
      await faasCli(gateway, ["ready", "mood", "--interval", "100ms"]);
      expect(await faasCli(gateway, ["describe", "mood"])).toMatch(/Status:\s+Ready[\s\S]*mood-token/);
      const updated = await deploy(
        "--image",
        "me/sentiment:2",
        "--env",
        "RAW_BODY=true",
        "--memory-limit",
        "1Gi",
      );
      expect(updated).toMatch(/20\d Accepted with warnings: The limits are not enforced on a process\./);
      const answer = () => faasCli(gateway, ["invoke", "mood"], { input: "People are kind" });
      await waitFor("the new process", async () =>
        (await answer().catch(() => "")).includes('"polarity":0.6'),
      );
      expect(await faasCli(gateway, ["list"])).toMatch(/^mood\s+\d+\s+1/m);
      await faasCli(gateway, ["remove", "mood"]);
      await faasCli(gateway, ["secret", "remove", "mood-token"]);
      expect(await faasCli(gateway, ["list"])).not.toContain("mood");
    });

    it("explains why it cannot deploy an image without a bundle", async () => {
      const deploy = ["deploy", "--image", "x/y:1", "--name", "y"];
      await expect(faasCli(gateway, deploy)).rejects.toThrow(
        /no bundle for image x\/y:1 .* available: .*sentiment/,
      );
    });
  });

  describe("a real faas-cli, on functions behind authentication (stack.auth.yml)", () => {
    let gateway: StartedGateway;
    const withSha1 = async (HMAC_ALLOW_SHA1: string) => {
      const args = ["--stack", "stack.auth.yml", "--secrets", secrets];
      gateway = await startGateway({ args, env: { HMAC_ALLOW_SHA1 } });
      return gateway;
    };
    afterEach(() => gateway?.[Symbol.asyncDispose]());
    const invoke = (key: string) =>
      faasCli(gateway, ["invoke", "sentiment", "--sign", "Hmac", "--key", key], { input: "People are kind" });

    it("signs in the way that functions verify: sha256 always, sha1 if that is allowed", async () => {
      await withSha1("true");
      expect(JSON.parse(await invoke("correct horse"))).toMatchObject({ polarity: 0.6 });
      await expect(invoke("wrong horse")).rejects.toThrow(/unauthorized/);
      await expect(faasCli(gateway, ["invoke", "sentiment"], { input: "x" })).rejects.toThrow(/unauthorized/);
    }, 60_000);

    it("is refused with sha1 by default, as faas-cli up to 0.17.0 signs", async () => {
      await withSha1("");
      const version = await faasCli(gateway, ["version", "--short-version", "--warn-update=false"]);
      const outcome = invoke("correct horse");
      if (/\b0\.(1[0-6]|17\.0)\b/.test(version)) await expect(outcome).rejects.toThrow(/unauthorized/);
      else expect(JSON.parse(await outcome)).toMatchObject({ polarity: 0.6 });
    }, 60_000);
  });

  describe("a real faas-cli, on stack.yml", () => {
    const folder = mkdtempSync(join(tmpdir(), "faas-cli-"));
    beforeAll(() => {
      for (const name of ["stack.yml", "functions", join("template", "node-lean")]) {
        cpSync(join(root, name), join(folder, name), {
          recursive: true,
          filter: (path) => !path.includes("node_modules"),
        });
      }
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it("replaces its variables like the local gateway", async () => {
      const env = { TAG: "9.9", GETH_RPC_ENDPOINT: "http://node:1", ELASTICSEARCH_URL: "" };
      const { stdout } = await run("faas-cli", ["generate", "-f", "stack.yml"], { cwd: folder, env });
      expect(stdout).toContain("image: serverless-data-platform/sentiment:9.9");
      expect(stdout).toContain("GETH_RPC_ENDPOINT: http://node:1");
      expect(stdout).toContain("ELASTICSEARCH_URL: http://elasticsearch.data:9200");
      expect(stdout).toContain("KAFKA_BROKERS: kafka:9092");
    });

    it("shrink-wraps the functions with template/node-lean, and pulls no template for it", async () => {
      const env = { FUNCTION_TEMPLATE: "node-lean" };
      const { code, stdout, stderr } = await run("faas-cli", ["build", "--shrinkwrap", "-f", "stack.yml"], {
        cwd: folder,
        env,
      });
      if (code !== 0) throw new Error(stdout + stderr);
      expect(stdout + stderr).not.toMatch(/pulling/i);
      const files = readdirSync(leanTemplate).sort();
      for (const name of functionNames) {
        expect(readdirSync(join(folder, "build", name)).sort()).toEqual(files);
        expect(existsSync(join(folder, "build", name, "function", "handler.js"))).toBe(true);
      }
    });

    const template = process.env.OPENFAAS_TEMPLATE ?? join(root, "..", "shared", "openfaas", "template");
    requireService("a template folder (OPENFAAS_TEMPLATE)", existsSync(join(template, "node18")), () => {
      it("shrink-wraps only the bundles of the function and of its traces, their source maps and package.json", async () => {
        symlinkSync(join(template, "node18"), join(folder, "template", "node18"));
        const { code, stdout, stderr } = await run("faas-cli", ["build", "--shrinkwrap", "-f", "stack.yml"], {
          cwd: folder,
        });
        if (code !== 0) throw new Error(stdout + stderr);
        for (const name of functionNames) {
          expect(readdirSync(join(folder, "build", name, "function")).sort()).toEqual([
            "handler.js",
            "handler.js.map",
            "package.json",
            "telemetry.js",
            "telemetry.js.map",
          ]);
        }
        expect(existsSync(join(folder, "build", "sentimentanalysis"))).toBe(false);
      });
    });
  });
});
