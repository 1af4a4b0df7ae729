// needs: docker openfaas
import { createECDH } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpCall } from "../support/http/http-call.ts";
import {
  docker,
  hasDocker,
  type StartedContainer,
  startContainer,
  startNetwork,
} from "../support/kubernetes/docker.ts";
import { provideServiceBaseImage, serviceBaseImage } from "../support/kubernetes/node-image.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { stackEnvironment } from "../support/openfaas/template-host.ts";
import { type CommandOptions, run } from "../support/process/command.ts";
import { platformVersion, root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const toImageName = (name: string) => `serverless-data-platform/${name}:${platformVersion}`;
const registrarImage = toImageName("bootnode-registrar");
const ethstatsImage = toImageName("ethstats");
const gatewayImage = toImageName("gateway");

const octets = { "content-type": "application/octet-stream" };

/** Runs `npm run images`, without npm. */
const images = (args: readonly string[], env: CommandOptions["env"] = {}) =>
  run(process.execPath, [join(root, "scripts", "images.mjs"), ...args], { cwd: tmpdir(), env });

describe("npm run images", () => {
  it("prints its usage", async () => {
    const { code, stdout } = await images(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("--push");
  });

  it.each([
    [["mysql"], "unknown image mysql; available: bootnode-registrar, proof-of-stake, ethstats"],
    [["--fast"], "unknown option --fast"],
  ])("refuses %j", async (args, sentence) => {
    const { code, stderr } = await images(args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it("fails with a message if docker is missing", async () => {
    const { code, stderr } = await images([], { PATH: tmpdir() });
    expect(code).toBe(1);
    expect(stderr).toContain("there is no docker on the PATH");
  });
});

requireService("a Docker engine", hasDocker(), () => {
  describe("the images", () => {
    const folder = mkdtempSync(join(tmpdir(), "bootnodes-"));
    const resources: AsyncDisposable[] = [];
    /** Registers something that a test started, to dispose of it after the test. */
    const use = async <T extends AsyncDisposable>(starting: Promise<T>) => {
      const started = await starting;
      resources.unshift(started);
      return started;
    };
    const healthy = ({ url }: StartedContainer) =>
      waitFor("/healthz", async () => {
        const answer = await httpCall(`${url}/healthz`).catch(() => undefined); // not listening yet
        return answer?.status === 200;
      });

    beforeAll(async () => {
      await provideServiceBaseImage();
      const { code, stdout, stderr } = await images(["bootnode-registrar", "ethstats", "gateway"]);
      if (code !== 0) throw new Error(stdout + stderr);
      expect(stdout).toContain(`${registrarImage}\n${ethstatsImage}\n`);
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true }));
    afterEach(async () => {
      for (const resource of resources.splice(0)) await resource[Symbol.asyncDispose]();
    }, 60_000);

    it.each([
      ["bootnode-registrar", registrarImage],
      ["ethstats", ethstatsImage],
      ["gateway", gatewayImage],
    ])(
      "%s adds only the bundle to Node.js",
      async (name, image) => {
        const dist = join(root, "packages", name, "dist");
        const files = readdirSync(dist, { recursive: true, encoding: "utf8" })
          .map((path) => statSync(join(dist, path)))
          .filter((file) => file.isFile());
        const bundle = files.reduce((sum, file) => sum + file.size, 0);
        const size = async (of: string) => Number(await docker("image", "inspect", "--format={{.Size}}", of));
        const added = (await size(image)) - (await size(serviceBaseImage));
        expect(added).toBeGreaterThanOrEqual(bundle);
        expect(added).toBeLessThan(bundle + 100_000);
        const listed = await docker("run", "--rm", "--entrypoint=find", image, ".", "-type", "f");
        expect(listed.split("\n")).toHaveLength(files.length);
      },
      60_000,
    );

    it("run on the maintained Node.js of their base image", async () => {
      for (const image of [registrarImage, ethstatsImage, gatewayImage]) {
        expect(await docker("run", "--rm", image, "--version")).toMatch(/^v24\./);
      }
    }, 60_000);

    it("run neither as root nor as a user name, as runAsNonRoot requires", async () => {
      for (const image of [registrarImage, ethstatsImage, gatewayImage]) {
        expect(await docker("image", "inspect", "--format={{.Config.User}}", image)).toBe("1000");
      }
    });

    it("take the prefix of stack.yml", async () => {
      const image = `registry.example.com/me/ethstats:${platformVersion}`;
      const { code, stdout } = await images(["ethstats"], { OPENFAAS_PREFIX: "registry.example.com/me" });
      expect([code, stdout.trim()]).toEqual([0, expect.stringMatching(`${image}$`)]);
      await docker("rmi", image);
    }, 60_000);

    it("are not built, with a message, if the engine does not answer", async () => {
      const { code, stderr } = await images([], { DOCKER_HOST: "tcp://127.0.0.1:1" });
      expect(code).toBe(1);
      expect(stderr).toContain("the engine does not answer");
    });

    it("the registrar finds the boot nodes behind one name, and continues after one dies", async () => {
      const network = await use(startNetwork());
      const enodes: string[] = [];
      const bootnodes: StartedContainer[] = [];
      for (const address of ["192.0.2.1", "192.0.2.2"]) {
        const id = createECDH("secp256k1").generateKeys("hex").slice(2);
        enodes.push(`enode://${id}@${address}:30301`);
        writeFileSync(join(folder, address), `${id}\n`);
        const bootnode = startContainer({
          image: registrarImage,
          args: ["bootnode-server.cjs"],
          port: 8080,
          env: { POD_IP: address },
          files: { [join(folder, address)]: "/etc/bootnode/id" },
          network,
          alias: "eth-bootnode",
        });
        bootnodes.push(await use(bootnode));
      }
      await Promise.all(bootnodes.map(healthy));
      const registrar = await use(
        startContainer({
          image: registrarImage,
          port: 9898,
          env: { BOOTNODE_SERVICE: "eth-bootnode", BOOTNODE_REFRESH: "100ms" },
          network,
        }),
      );
      await healthy(registrar);
      const list = async () => (await httpCall(registrar.url)).body;
      const living = enodes[1]!;
      const both = [...enodes].sort().join(",");
      await waitFor("both boot nodes", async () => (await list()) === both);

      expect(await bootnodes[0]!.stop()).toMatchObject({ code: 0 });
      const died = Date.now();
      await waitFor("the other to be asked again", async () => {
        const { body } = await httpCall(registrar.url, { headers: { accept: "application/json" } });
        return Date.parse(JSON.parse(body).answered[living]) > died;
      });
      expect(await list()).toBe(both);
      const stopped = await registrar.stop();
      expect(stopped.code).toBe(0);
      expect(stopped.milliseconds).toBeLessThan(3_000);
    }, 120_000);

    it("Ethstats serves, and exits on SIGTERM", async () => {
      const started = startContainer({
        image: ethstatsImage,
        port: 3000,
        env: { WS_SECRET: "correct horse" },
      });
      const ethstats = await use(started);
      await healthy(ethstats);
      const stopped = await ethstats.stop();
      expect(stopped.code).toBe(0);
      expect(stopped.milliseconds).toBeLessThan(3_000);
    }, 60_000);

    it("the gateway serves, and exits on SIGTERM, even if no Kubernetes API answers", async () => {
      const started = startContainer({
        image: gatewayImage,
        args: ["cluster-main.cjs"],
        port: 8080,
        env: { NAMESPACE: "data", KUBERNETES_URL: "https://127.0.0.1:1" },
      });
      const gateway = await use(started);
      await healthy(gateway);
      expect((await httpCall(`${gateway.url}/readyz`)).status).toBe(503);
      const stopped = await gateway.stop();
      expect(stopped.code).toBe(0);
      expect(stopped.milliseconds).toBeLessThan(3_000);
    }, 60_000);

    it("print their settings", async () => {
      const help = (...args: string[]) => docker("run", "--rm", "--read-only", ...args, "--help");
      expect(await help(registrarImage, "main.cjs")).toContain("BOOTNODE_SERVICE");
      expect(await help(registrarImage, "bootnode-server.cjs")).toContain("BOOTNODE_ID_FILE");
      expect(await help(ethstatsImage, "main.cjs")).toContain("WS_SECRET");
      expect(await help(gatewayImage, "cluster-main.cjs")).toContain("NAMESPACE");
    }, 60_000);
  });

  requireService("faas-cli", hasFaasCli(), () => {
    it("a function with --template node-lean runs on Node.js 24 without packages", async () => {
      await provideServiceBaseImage();
      const prefix = "registry.example.com/lean";
      const image = `${prefix}/sentiment:${platformVersion}`;
      const built = await images(["--template", "node-lean", "sentiment"], { OPENFAAS_PREFIX: prefix });
      if (built.code !== 0) throw new Error(built.stdout + built.stderr);
      const inImage = (...command: string[]) => docker("run", "--rm", "--entrypoint", ...command);
      expect(await inImage("node", image, "--version")).toMatch(/^v24\./);
      expect(await inImage("find", image, "/home/app", "-name", "node_modules")).toBe("");

      // The user of the functions' pods.
      const options = { image, port: 8080, env: stackEnvironment, user: 12_000, writable: "/tmp" };
      await using started = await startContainer(options);
      const call = (body: string) => httpCall(started.url, { body, headers: octets });
      const answer = await waitFor("an answer", async () => {
        const answered = await call("People are kind").catch(() => undefined); // not listening yet
        return answered?.status === 200 && answered;
      });
      expect(JSON.parse(answer.body)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
      const large = await call("x".repeat(1_048_577));
      expect(JSON.parse(large.body)).toMatchObject({ status: 413, code: "body_too_large" });
    }, 300_000);
  });
});
