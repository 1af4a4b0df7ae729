// The gateway of deploy/overlays/provider on a one-node cluster, without the rest of the platform: many functions, many calls to a function
// at zero, and two replicas of the gateway, one of which is killed repeatedly.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackFunctions } from "../support/functions/stack-functions.ts";
import { clusterLoad, type LocalPlatform, startLocalPlatform } from "../support/gateway/local-platform.ts";
import { httpCall } from "../support/http/http-call.ts";
import { awaitDeployments, awaitRollout, forward, inData } from "../support/kubernetes/data-namespace.ts";
import { hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import { createFaasCli, type FaasCli, hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { hasTemplates } from "../support/openfaas/templates.ts";
import { platformVersion } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { succeeds, waitFor } from "../support/wait-for.ts";

const isAvailable = clusterLoad !== undefined && hasKubernetes() && hasFaasCli() && hasTemplates();

const minute = 60_000;
jest.setTimeout(10 * minute);

const leftOut = [
  ...["elasticsearch", "elasticsearch-snapshots", "elasticsearch-templates"],
  ...["kafka", "kafka-connector", "kafka-topics"],
  ...["nifi", "nifi-listen", "eth-bootnode", "eth-bootnode-registrar", "eth-ethstats"],
  ...["eth-geth-miner", "eth-geth-tx"],
];
const image = `serverless-data-platform/sentiment:${platformVersion}`;
const many = Array.from({ length: 50 }, (_, index) => `many-${index + 1}`);

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);
const secondsSince = (begin: number) => `${((Date.now() - begin) / 1_000).toFixed(1)} s`;

requireService(
  "a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker and faas-cli",
  isAvailable,
  () => {
    describe("the gateway of deploy/overlays/provider", () => {
      let platform: LocalPlatform;
      let gateway: string;
      let cli: FaasCli;
      let headers: Record<string, string>;
      beforeAll(async () => {
        const images = [stackFunctions.find(({ name }) => name === "sentiment")!.image];
        platform = await startLocalPlatform({ without: leftOut, overlay: "provider", images });
        const password = readFileSync(join(platform.secrets, "gateway", "password"), "utf8").trim();
        await inData("set", "env", "deployment/gateway", "ASYNC_QUEUE=memory", "KAFKA_BROKERS-");
        await inData("scale", "deployment/gateway", "--replicas=2");
        await awaitRollout("deployment/gateway");
        gateway = `http://${await inData("get", "service", "gateway", "-o", "jsonpath={.spec.clusterIP}")}:8080`;
        cli = createFaasCli(gateway);
        await cli.succeed(["login", "--username", "admin", "--password-stdin"], { input: password });
        headers = { authorization: `Basic ${Buffer.from(`admin:${password}`).toString("base64")}` };
      }, 40 * minute);
      afterAll(async () => {
        cli?.[Symbol.dispose]();
        await platform?.[Symbol.asyncDispose]();
      }, 5 * minute);

      const call = (name: string) => httpCall(`${gateway}/function/${name}`, { body: "People are kind" });
      const deploy = (name: string, ...args: string[]) =>
        cli.succeed(["deploy", "--image", image, "--name", name, "--readonly", ...args]);
      const replicas = async (name: string) =>
        Number(await inData("get", "deployment", name, "-o", "jsonpath={.spec.replicas}"));
      const gatewayPods = async () =>
        (await inData("get", "pod", "-l", "app=gateway", "-o", "jsonpath={.items[*].metadata.name}")).split(
          " ",
        );

      it("deploys 50 functions concurrently, while its replicas are killed one after the other", async () => {
        const begin = Date.now();
        let deploying = true;
        const kills = (async () => {
          for (let count = 0; deploying && count < 5; count += 1) {
            const [pod] = await gatewayPods();
            await inData("delete", "pod", pod!, "--grace-period=0", "--force");
            await awaitRollout("deployment/gateway");
          }
        })();
        await Promise.all(many.map((name) => waitFor(name, () => succeeds(deploy(name)), 5 * minute)));
        deploying = false;
        await kills;
        say(`50 functions accepted after ${secondsSince(begin)}`);
        expect(await cli.names("list")).toEqual([...many].sort());
        await awaitDeployments(8 * minute);
        say(`50 functions available after ${secondsSince(begin)}`);
        const answers = await Promise.all(many.map(call));
        expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      });

      it("shows the same functions on both replicas", async () => {
        for (const pod of await gatewayPods()) {
          await using forwarded = await forward(pod, 8080);
          const { body } = await httpCall(`${forwarded.url}/system/functions`, { headers });
          const names = (JSON.parse(body) as { name: string }[]).map(({ name }) => name);
          expect([pod, names.sort()]).toEqual([pod, [...many].sort()]);
        }
      });

      it("removes them concurrently", async () => {
        await Promise.all(many.map((name) => cli.succeed(["remove", name])));
        expect(await cli.names("list")).toEqual([]);
        await waitFor(
          "the end of their objects",
          async () =>
            (await inData("get", "deployment,service,hpa,pdb", "-l", "faas_function", "-o", "name")) === "",
          minute,
        );
      });

      it("answers 1,000 concurrent calls to a function at zero, after one wake-up", async () => {
        await deploy("sleeper", "--label", "com.openfaas.scale.min=0", "--label", "com.openfaas.scale.max=1");
        expect(await replicas("sleeper")).toBe(0);
        const begin = Date.now();
        const answers = await Promise.all(Array.from({ length: 1_000 }, () => call("sleeper")));
        say(`1,000 calls to a function at zero answered after ${secondsSince(begin)}`);
        const statuses = new Map<number, number>();
        for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect(Object.fromEntries(statuses)).toEqual({ 200: 1_000 });
        expect(await replicas("sleeper")).toBe(1);
        await cli.succeed(["remove", "sleeper"]);
      });

      it("scales by the calls in flight of both replicas, and to zero when idle", async () => {
        const labels = { type: "capacity", target: "4", max: "3", zero: "true", "zero-duration": "20s" };
        const args = Object.entries(labels).flatMap(([name, value]) => [
          "--label",
          `com.openfaas.scale.${name}=${value}`,
        ]);
        await deploy("busy", ...args);
        await awaitRollout("deployment/busy");
        let loading = true;
        const failures: string[] = [];
        const callers = Array.from({ length: 24 }, async () => {
          while (loading) {
            const { status, body } = await call("busy").catch((error) => ({
              status: 0,
              body: String(error),
            }));
            if (status !== 200) failures.push(`${status} ${body}`);
          }
        });
        await waitFor("three replicas", async () => (await replicas("busy")) === 3, 2 * minute);
        loading = false;
        await Promise.all(callers);
        expect(failures).toEqual([]);
        await waitFor("none", async () => (await replicas("busy")) === 0, 4 * minute);
        expect((await call("busy")).status).toBe(200);
      });
    });
  },
);
