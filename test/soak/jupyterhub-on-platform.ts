import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeCertificates } from "../support/http/certificates.ts";
import { httpCall } from "../support/http/http-call.ts";
import { BrowserSession, logIn } from "../support/jupyterhub/browser-session.ts";
import { type ExecutedCell, HubApi, type ProgressEvent } from "../support/jupyterhub/hub-api.ts";
import { forward } from "../support/kubernetes/data-namespace.ts";
import { applyObjects, type KubernetesObject, kubectl, render } from "../support/kubernetes/kubernetes.ts";
import { awaitDocuments } from "../support/kubernetes/platform-tweets.ts";
import { tlsSecret } from "../support/kubernetes/tls-secret.ts";
import { traefikImage } from "../support/kubernetes/traefik-image.ts";
import { run } from "../support/process/command.ts";
import { proposedOverlays, writeProposedOverlay } from "../support/proposed-overlays.ts";
import { root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
const singleuserImage = "quay.io/jupyterhub/k8s-singleuser-sample:4.4.0";

/** The images of deploy/base/jupyterhub, which the cluster must have. */
export const jupyterhubImages = [
  "quay.io/jupyterhub/k8s-hub:4.4.0",
  "quay.io/jupyterhub/configurable-http-proxy:5.3.0",
  singleuserImage,
  traefikImage,
];

const inLab = (...args: string[]) => kubectl(["-n", "data-lab", ...args]);
const deploy = (...path: string[]) => join(root, "deploy", ...path);

/** Declares tests of deploy/base/jupyterhub beside a running platform, with the commands of docs/how-to/run-notebooks.md. */
export function describeJupyterhub(platform: () => { secrets: string }): void {
  let forwarded: Awaited<ReturnType<typeof forward>>;
  let hub: string;
  let password: string;
  let lab: HubApi;
  beforeAll(async () => {
    const { secrets } = platform();
    password = readFileSync(join(secrets, "jupyterhub", "password"), "utf8").trim();
    await kubectl(["apply", "-k", deploy("jupyterhub")]);
    await kubectl(["apply", "-f", join(secrets, "kubernetes-data-lab")]);
    await kubectl(["apply", "-k", deploy("base", "jupyterhub")]);
    for (const name of ["proxy", "hub"])
      await inLab("rollout", "status", `deployment/${name}`, "--timeout=230s");
    forwarded = await forward("svc/proxy-public", 80, "data-lab");
    hub = forwarded.url;
  }, 5 * minute);
  afterAll(async () => {
    await forwarded?.[Symbol.asyncDispose]();
    await kubectl(["delete", "namespace", "data-lab", "--ignore-not-found", "--wait=false"]);
  }, 2 * minute);

  it("refuses a wrong password, another user, and pages without a login", async () => {
    const browser = new BrowserSession();
    expect((await logIn(browser, hub, "lab", "wrong-password")).status).toBe(403);
    expect((await logIn(browser, hub, "somebody", password)).status).toBe(403);
    expect((await browser.get(`${hub}/hub/home`)).url).toMatch(/\/hub\/login\?/);
    expect((await httpCall(`${hub}/hub/api/users`)).status).toBe(403);
  });

  it(
    "logs in the user `lab`, and shows the progress of the server's start",
    async () => {
      const browser = new BrowserSession();
      const page = await logIn(browser, hub, "lab", password);
      expect([page.status, new URL(page.url).pathname]).toEqual([200, "/hub/spawn-pending/lab"]);
      lab = await HubApi.open(hub, "lab", browser);
      const events = await started();
      expect(events.map(({ message }) => message).join("\n")).toContain(
        "Successfully assigned data-lab/jupyter-lab",
      );
      const opened = await browser.get(`${hub}/hub/user-redirect/`);
      expect([opened.status, new URL(opened.url).pathname]).toEqual([200, "/user/lab/lab/tree/notebooks"]);
      expect(opened.body).toContain('id="jupyter-config-data"');
    },
    4 * minute,
  );

  const started = async (): Promise<ProgressEvent[]> => {
    const events = await lab.progress();
    if (events.at(-1)?.ready !== true)
      throw new Error(
        `${JSON.stringify(events.slice(-5))}\n${await inLab("describe", "pod", "jupyter-lab")}`,
      );
    return events;
  };

  it(
    "is served over TLS by Traefik, with the ingress of components/jupyterhub-oidc",
    async () => {
      const host = "lab.example.org"; // in the component
      const certificates = await makeCertificates([`DNS:${host}`]);
      const proposed = proposedOverlays().find((yaml) => yaml.includes("/jupyterhub-oidc]"))!;
      using overlay = writeProposedOverlay(proposed);
      const component = (await render(overlay.folder)).filter(({ kind, metadata }) =>
        ["Ingress jupyterhub", "RoleBinding traefik"].includes(`${kind} ${metadata.name}`),
      );
      await kubectl(["label", "namespace", "data-lab", "ingress=traefik"]);
      await applyObjects([tlsSecret("data-lab", "jupyterhub-production-tls", certificates), ...component]);
      await kubectl(["apply", "-k", deploy("base", "traefik")]);
      await kubectl(["-n", "traefik", "rollout", "status", "deployment/traefik", "--timeout=100s"]);
      const service = ["get", "service", "traefik", "-o", "jsonpath={.spec.clusterIP}"];
      const address = await kubectl(["-n", "traefik", ...service]);
      const browser = new BrowserSession(undefined, { address, ca: certificates.ca });
      const page = await logIn(browser, `https://${host}`, "lab", password);
      expect([page.status, page.url]).toEqual([200, `https://${host}/user/lab/lab/tree/notebooks`]);
      expect(page.body).toContain('id="jupyter-config-data"');
      await kubectl(["delete", "-k", deploy("base", "traefik"), "--wait=false"]);
    },
    3 * minute,
  );

  describe("in the user's server", () => {
    const cellText = (cells: readonly ExecutedCell[], id: string) =>
      cells.find((cell) => cell.id === id)?.text ?? "";

    it(
      "kafka.ipynb sends a tweet that a function scores, and sentiment.ipynb shows it",
      async () => {
        const kafka = await lab.execute("notebooks/kafka.ipynb");
        expect(cellText(kafka, "connect")).toMatch(/^Topic: twitter, with \d+ partitions\n/);
        expect(cellText(kafka, "wait")).toMatch(/^Delivered\n/);
        const sent = /^Sent: (\S+) /.exec(cellText(kafka, "produce"))![1]!;
        const hits = await awaitDocuments([sent]);
        const sentiment = await lab.execute("notebooks/sentiment.ipynb");
        const recent = [...hits.values()]
          .map(({ _source: { Date: date, polarity } }) => ({ date: String(date), polarity }))
          .filter(({ date }) => Date.parse(date) > Date.now() - 60 * minute);
        expect(cellText(sentiment, "search")).toBe(
          `Documents of the last hour: ${recent.length.toLocaleString("en")}\n`,
        );
        const mean = recent.reduce((sum, { polarity }) => sum + polarity, 0) / recent.length;
        const printed = /^Mean polarity: (.+)$/m.exec(cellText(sentiment, "summary"))?.[1];
        expect(Number(printed)).toBeCloseTo(mean, 5);
        expect(await lab.read("notebooks/figures")).toHaveLength(2);
      },
      2 * minute,
    );

    it(
      "ethereum.ipynb sends one ether, and a block contains the transaction",
      async () => {
        const accounts = join(platform().secrets, "ethereum");
        for (const name of ["account1.json", "pass1.txt", "account2.json"])
          await lab.upload(`notebooks/${name}`, readFileSync(join(accounts, name), "utf8"));
        const cells = await lab.execute("notebooks/ethereum.ipynb");
        expect(cellText(cells, "network")).toMatch(
          /^Connected: eth-geth-tx\.data:8545\nPeers: \d\nChain ID: 27587\n/,
        );
        const { hash, block } = /^Transaction: (?<hash>0x\w{64})\nBlock: (?<block>\d+)$/m.exec(
          cellText(cells, "summary"),
        )!.groups as { hash: string; block: string };
        await using geth = await forward("svc/eth-geth-tx", 8545);
        const call = { jsonrpc: "2.0", id: 1, method: "eth_getTransactionReceipt", params: [hash] };
        const receipt = await waitFor("the receipt", async () => {
          const { body } = await httpCall(geth.url, {
            headers: { "content-type": "application/json" },
            body: JSON.stringify(call),
          });
          return JSON.parse(body).result ?? false;
        });
        expect([receipt.status, Number(receipt.blockNumber)]).toEqual(["0x1", Number(block)]);
      },
      3 * minute,
    );

    it(
      "nifi.ipynb logs in to NiFi, and creates its process group",
      async () => {
        const cells = await lab.execute("notebooks/nifi.ipynb");
        expect(cellText(cells, "summary")).toContain("apk8s_processor_0 at (250, 0)");
      },
      2 * minute,
    );

    it(
      "the pod reaches only the services of the notebooks within the cluster, and has no rights",
      async () => {
        await applyObjects([peer()]);
        await inLab("wait", "--for=condition=Ready", "pod/peer", "--timeout=90s");
        const peerIp = await inLab("get", "pod", "peer", "-o", "jsonpath={.status.podIP}");
        // Verifies that the peer listens: it reaches itself.
        await inLab(
          "exec",
          "peer",
          "--",
          "python3",
          "-c",
          `import socket; socket.create_connection(("127.0.0.1", 8888), 5)`,
        );
        const open = ["hub:8081", "elasticsearch.data:9200", "kafka.data:9092", "gateway.data:8080"].concat([
          "eth-geth-tx.data:8545",
          "eth-geth-tx.data:8546",
        ]);
        const closed = ["proxy-api:8001", "eth-ethstats.data:8080", `${peerIp}:8888`];
        const targets = JSON.stringify([...open, ...closed]);
        const output = await lab.python(`
import json, os, socket, sys
from concurrent.futures import ThreadPoolExecutor
def is_open(target):
    host, port = target.split(":")
    try:
        socket.create_connection((host, int(port)), 6).close()
        return True
    except OSError:
        return False
targets = ${targets}
with ThreadPoolExecutor(len(targets)) as pool:
    reached = [target for target, found in zip(targets, pool.map(is_open, targets)) if found]
token = os.path.exists("/var/run/secrets/kubernetes.io/serviceaccount/token")
writable = os.access("/usr/local", os.W_OK) or os.access("/srv", os.W_OK)
print(json.dumps([reached, token, writable, os.getuid(), sys.executable]))`);
        expect(JSON.parse(output)).toEqual([
          open,
          false,
          false,
          1000,
          "/home/jovyan/.local/share/notebooks-python/bin/python",
        ]);
        await inLab("delete", "pod", "peer", "--wait=false");
      },
      3 * minute,
    );
  });

  it("gives the hub only rights over users' pods, and refuses pods that are not restricted", async () => {
    const canI = async (verb: string, resource: string, namespace = "data-lab", ...options: string[]) => {
      const account = "--as=system:serviceaccount:data-lab:hub";
      const { stdout } = await run("kubectl", [
        "auth",
        "can-i",
        verb,
        resource,
        "-n",
        namespace,
        account,
        ...options,
      ]);
      return stdout.trim();
    };
    expect(
      await Promise.all([
        canI("create", "pods"),
        canI("create", "persistentvolumeclaims"),
        canI("delete", "persistentvolumeclaims"),
        canI("get", "secrets"),
        canI("create", "pods", "data-lab", "--subresource=exec"),
        canI("list", "pods", "data"),
      ]),
    ).toEqual(["yes", "yes", "no", "no", "no", "no"]);
    const rootPod = await run("kubectl", [
      ...["-n", "data-lab", "run", "root", "--image=localhost/busybox:1", "--dry-run=server"],
    ]);
    expect(rootPod.stderr).toMatch(/violates PodSecurity "restricted/);
  });

  it(
    "keeps the home when the server is stopped and started again",
    async () => {
      await lab.upload("notebooks/mine.txt", "kept");
      await lab.stopServer();
      await waitFor("the end of the pod", async () => !(await serverPod()), minute);
      await lab.startServer();
      await started();
      expect(await lab.read("notebooks/mine.txt")).toBe("kept");
    },
    3 * minute,
  );

  it(
    "restarts the hub without ending the server, and stops an idle server",
    async () => {
      const before = await serverPod();
      await inLab("set", "env", "deployment/hub", "CULL_TIMEOUT=15", "CULL_EVERY=5");
      await inLab("rollout", "status", "deployment/hub", "--timeout=230s");
      expect(await serverPod()).toBe(before);
      await waitFor("the end of the server", async () => !(await lab.hasServer()), 2 * minute);
      await waitFor("the end of its pod", async () => (await serverPod()) === "", minute);
      const volumes = await inLab("get", "pvc", "-o", "name");
      expect(volumes.trim().split("\n").sort()).toEqual([
        "persistentvolumeclaim/claim-lab",
        "persistentvolumeclaim/hub",
      ]);
    },
    5 * minute,
  );
}

/** Returns the uid of the user's pod, or an empty text. */
const serverPod = () =>
  inLab("get", "pod", "jupyter-lab", "--ignore-not-found", "-o", "jsonpath={.metadata.uid}");

/** A pod of another user, as the hub creates it, which listens on the port of a server. */
function peer(): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "peer", namespace: "data-lab", labels: { app: "jupyterhub-server" } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "peer",
          image: singleuserImage,
          args: ["python3", "-m", "http.server", "8888", "--directory", "/tmp"],
          readinessProbe: { tcpSocket: { port: 8888 }, periodSeconds: 1 },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}
