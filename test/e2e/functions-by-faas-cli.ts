import { join } from "node:path";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { httpCall } from "../support/http/http-call.ts";
import { awaitRollout, inData } from "../support/kubernetes/data-namespace.ts";
import { applyObjects, kubectl, render } from "../support/kubernetes/kubernetes.ts";
import type { FaasCli } from "../support/openfaas/faas-cli.ts";
import { startProgram } from "../support/process/program.ts";
import { platformVersion, root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

/** A gateway on a cluster that deploys functions, and a user's faas-cli. */
export interface ProviderStage {
  /** URL of the gateway. */
  gateway: string;
  cli: FaasCli;
  password: string;
}

const minute = 60_000;
const score = { polarity: 0.6, sentence_count: 1, subjectivity: 0.9 };
/** The function that kubectl deploys; faas-cli deploys the others of stack.yml. */
const kubectlFunction = "sentimentanalysis";
const faasCliFunctions = deployedNames.filter((name) => name !== kubectlFunction);
/** A function outside stack.yml. */
const signed = "signed";
const key = "correct horse battery staple";
const image = `serverless-data-platform/sentiment:${platformVersion}`;

/** Declares tests of a real faas-cli on a cluster without functions. Afterwards the functions of stack.yml are deployed. */
export function describeFaasCli(stage: () => ProviderStage): void {
  const kinds = "deployment,service,horizontalpodautoscaler,poddisruptionbudget";
  const objects = (selector: string) => inData("get", kinds, "-l", selector, "-o", "name");
  const deployStack = (...args: string[]) =>
    stage().cli.succeed([...args, "-f", "stack.yml", "--regex", `^(${faasCliFunctions.join("|")})$`], {
      cwd: root,
    });
  const call = (name: string, options: Parameters<typeof httpCall>[1] = { body: "People are kind" }) =>
    httpCall(`${stage().gateway}/function/${name}`, options);
  const scale = (name: string, replicas: number) =>
    httpCall(`${stage().gateway}/system/scale-function/${name}`, {
      body: JSON.stringify({ serviceName: name, replicas }),
      headers: { authorization: authorization(stage()), "content-type": "application/json" },
    });
  const readReplicas = async (name: string) => {
    const { stdout } = await stage().cli.run(["describe", name]);
    const read = (label: string) => Number(new RegExp(`^${label}:\\s+(\\d+)`, "m").exec(stdout)?.[1]);
    return { wanted: read("Replicas"), available: read("Available Replicas") };
  };

  it("logs in, and refuses a wrong password", async () => {
    const { cli, password } = stage();
    const login = ["login", "--username", "admin", "--password-stdin"];
    const refused = await cli.run(login, { input: "guessed" });
    expect([refused.code, refused.stdout + refused.stderr]).toEqual([
      1,
      expect.stringContaining("incorrect"),
    ]);
    await cli.succeed(login, { input: password });
    expect(await cli.names("list")).toEqual([]);
  });

  it(
    "deploys the functions of stack.yml to a namespace without functions",
    async () => {
      const output = await deployStack("up", "--skip-push");
      for (const name of faasCliFunctions) expect(output).toContain(`/function/${name}`);
      for (const name of faasCliFunctions) await awaitRollout(`deployment/${name}`);
      const { cli } = stage();
      expect(await cli.names("list")).toEqual([...faasCliFunctions].sort());
      expect(JSON.parse(await cli.succeed(["invoke", "sentiment"], { input: "People are kind" }))).toEqual(
        score,
      );
      expect(await cli.succeed(["describe", "tweet-enrich"])).toContain(
        `serverless-data-platform/tweet-enrich:${platformVersion}`,
      );
    },
    4 * minute,
  );

  it("does not change a function of kubectl, but calls it", async () => {
    const applied = (await render(join(root, "deploy", "overlays", "local"))).filter(
      ({ metadata }) => metadata.name === kubectlFunction,
    );
    await applyObjects(applied);
    await awaitRollout(`deployment/${kubectlFunction}`);
    const answer = await waitFor("its answer", async () => {
      const { status, body } = await call(kubectlFunction);
      return status === 200 && body;
    });
    expect(JSON.parse(answer)).toEqual(score);
    for (const args of [
      ["deploy", "--image", image, "--name", kubectlFunction],
      ["remove", kubectlFunction],
    ]) {
      const { stdout, stderr } = await stage().cli.run(args);
      expect(stdout + stderr).toMatch(/409|kubectl/);
    }
    expect((await scale(kubectlFunction, 2)).status).toBe(409);
    expect((await call(kubectlFunction)).status).toBe(200);
  });

  it("mounts secrets, whose values nobody can read back", async () => {
    const { cli } = stage();
    const deploy = [
      ...["deploy", "--image", image, "--name", signed, "--secret", "hmac-key"],
      ...["--env", "RAW_BODY=true", "--env", "HMAC_SECRET_NAME=hmac-key", "--env", "HMAC_ALLOW_SHA1=true"],
    ];
    const early = await cli.run(deploy);
    expect(early.stdout + early.stderr).toMatch(/400[\s\S]*hmac-key/);
    await cli.succeed(["secret", "create", "hmac-key"], { input: key });
    expect(await cli.names("secret", "list")).toEqual(["hmac-key"]);
    await cli.succeed(deploy);
    await awaitRollout(`deployment/${signed}`);
    const sign = ["invoke", signed, "--sign", "Hmac", "--key", key];
    expect(JSON.parse(await cli.succeed(sign, { input: "People are kind" }))).toEqual(score);
    expect((await call(signed)).status).toBe(401);
    const answers = await Promise.all(
      ["secrets", "functions", `function/${signed}`].map((path) =>
        httpCall(`${stage().gateway}/system/${path}`, { headers: { authorization: authorization(stage()) } }),
      ),
    );
    expect(answers.map(({ body }) => body).join()).not.toContain(key);
  });

  it("invokes asynchronously, and shows the log of a function with its new lines", async () => {
    const { cli, gateway } = stage();
    const config = { OPENFAAS_URL: gateway, OPENFAAS_CONFIG: cli.config };
    await using follower = startProgram({
      command: ["faas-cli", "logs", "sentiment", "--since=1m", "--instance"],
      env: { ...process.env, ...config },
    });
    const callId = "call-of-the-log";
    const async = ["invoke", "sentiment", "--async", "--header", `X-Call-Id=${callId}`];
    await cli.succeed(async, { input: "People are kind" });
    const line = await waitFor(
      "its line",
      () =>
        follower
          .output()
          .split("\n")
          .find((text) => text.includes(callId)),
      minute,
    );
    expect(line).toMatch(/sentiment-\w+-\w+/);
    const last = await cli.succeed(["logs", "sentiment", "--tail=false", "--lines=1"]);
    expect(last.split("\n").filter((text) => /^\d{4}-/.test(text))).toHaveLength(1);
  });

  it(
    "scales by the API, and holds a call to a function at zero until its pod is ready",
    async () => {
      expect((await scale(signed, 2)).status).toBe(202);
      await waitFor("two pods", async () => (await readReplicas(signed)).available === 2, minute);
      expect((await scale(signed, 0)).status).toBe(202);
      await inData("wait", "--for=delete", "pod", "-l", `faas_function=${signed}`, "--timeout=90s");
      const answers = await Promise.all(Array.from({ length: 100 }, () => call(signed)));
      // 401 is the function's own answer to a call without a signature.
      expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
      expect((await readReplicas(signed)).wanted).toBe(1);
    },
    4 * minute,
  );

  it("calls a function on its schedule", async () => {
    const { cli } = stage();
    const count = async () => {
      const { stdout } = await cli.run(["describe", "ticking"]);
      return Number(/^Invocations:\s+(\d+)/m.exec(stdout)?.[1] ?? 0);
    };
    await cli.succeed([
      ...["deploy", "--image", image, "--name", "ticking"],
      ...["--annotation", "topic=cron-function", "--annotation", "schedule=@every 1s"],
    ]);
    await waitFor("three calls", async () => (await count()) >= 3, minute);
    await cli.succeed(["remove", "ticking"]);
  });

  it("removes functions and secrets with all of their objects", async () => {
    const { cli } = stage();
    await cli.succeed(["remove", signed]);
    await cli.succeed(["secret", "remove", "hmac-key"]);
    expect(await cli.names("secret", "list")).toEqual([]);
    await waitFor("the end of its objects", async () => (await objects(`app=${signed}`)) === "");
    const secrets = await kubectl(["-n", "data", "get", "secret", "-o", "name"]);
    expect(secrets).not.toContain("hmac-key");
  });

  it(
    "completes a deployment that a killed gateway began",
    async () => {
      const pods = () => inData("get", "pod", "-l", "app=gateway", "-o", "name");
      const before = await pods();
      const deploying = stage().cli.run(["deploy", "--image", image, "--name", "halfway"]);
      await inData("delete", "pod", "-l", "app=gateway", "--grace-period=0", "--force");
      await deploying;
      await waitFor("another gateway", async () => (await pods()) !== before && true, minute);
      await awaitRollout("deployment/gateway");
      await stage().cli.succeed(["deploy", "--image", image, "--name", "halfway"]);
      await awaitRollout("deployment/halfway");
      expect((await objects("app=halfway")).trim().split("\n")).toHaveLength(4);
      expect(await stage().cli.names("list")).toEqual([...deployedNames, "halfway"].sort());
      await stage().cli.succeed(["remove", "halfway"]);
    },
    3 * minute,
  );
}

function authorization({ password }: ProviderStage): string {
  return `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
}
