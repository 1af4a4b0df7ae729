import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { startLoad } from "../support/http/call-load.ts";
import { type Certificates, makeCertificates } from "../support/http/certificates.ts";
import { type HttpAnswer, type HttpCall, httpCall } from "../support/http/http-call.ts";
import { inData } from "../support/kubernetes/data-namespace.ts";
import { gatewayApiCrds } from "../support/kubernetes/ingress-crds.ts";
import {
  applyObjects,
  awaitDefinitions,
  type KubernetesObject,
  kubectl,
  render,
} from "../support/kubernetes/kubernetes.ts";
import { tlsSecret } from "../support/kubernetes/tls-secret.ts";
import { writeProposedOverlay } from "../support/proposed-overlays.ts";
import { platformVersion, root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
const deploy = join(root, "deploy");
const inTraefik = (...args: string[]) => kubectl(["-n", "traefik", ...args]);
const isReady = () => inTraefik("rollout", "status", "deployment/traefik", "--timeout=100s");

/** The hosts of hosts.yaml, and those that an overlay sets for the Gateway API. */
const hosts: Record<HostName, string> = parse(
  readFileSync(join(deploy, "components", "ingress", "hosts.yaml"), "utf8"),
).data;
const otherHosts: Record<HostName, string> = {
  faas: "faas.example.com",
  nifi: "nifi.example.com",
  "eth-ethstats": "stats.example.com",
};
type HostName = "faas" | "nifi" | "eth-ethstats";
/** The Secrets of the certificates, as cert-manager creates them. */
const secretNames: Record<HostName, string> = {
  faas: "faas-data-production-tls",
  nifi: "data-production-tls",
  "eth-ethstats": "eth-ethstats-production-tls",
};

/** The part of the platform that describeIngress needs; its overlay has components/ingress. */
export interface PlatformWithIngress {
  /** The folder of `npm run secrets`. */
  secrets: string;
  /** The gateway's password. */
  password: string;
}

/** Declares tests of components/ingress, components/gateway-api and base/traefik on a running platform, under network policies. */
export function describeIngress(platform: () => PlatformWithIngress): void {
  /** Each host has its own certificate authority, so the authority that a client trusts identifies the Secret. */
  const certificates = new Map<HostName, Certificates>();
  let address: string;
  const call = (name: HostName, path: string, options: HttpCall = {}, host = hosts[name]) =>
    httpCall(`https://${host}${path}`, { address, ca: certificates.get(name)!.ca, ...options });
  const login = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
  });
  const sentiment = () => call("faas", "/function/sentiment", { body: "People are kind" });

  beforeAll(async () => {
    const names = Object.keys(hosts) as HostName[];
    await Promise.all(
      names.map(async (name) => {
        certificates.set(name, await makeCertificates([`DNS:${hosts[name]}`, `DNS:${otherHosts[name]}`]));
      }),
    );
    const production = await render(join(deploy, "overlays", "production"));
    const tls = names.map((name) => tlsSecret("data", secretNames[name], certificates.get(name)!));
    await applyObjects([...tls, ...production.filter(({ kind }) => kind === "Ingress")]);
    await kubectl(["apply", "-k", join(deploy, "base", "traefik")]);
    await isReady();
    address = await inTraefik("get", "service", "traefik", "-o", "jsonpath={.spec.clusterIP}");
  }, 2 * minute);
  afterAll(async () => {
    await inData("delete", "ingress", "--all");
    await kubectl(["delete", "-k", join(deploy, "base", "traefik"), "--wait=false"]);
  }, minute);

  it("answers at every host of hosts.yaml with that host's certificate", async () => {
    const { body } = await sentiment();
    expect(JSON.parse(body)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
    expect((await call("eth-ethstats", "/")).body).toContain("<title>");
    expect((await call("nifi", "/")).status).toBe(401);
    const { ca } = certificates.get("nifi")!;
    await expect(call("faas", "/healthz", { ca })).rejects.toThrow(/certificate/);
  });

  it.each(Object.values(hosts))("redirects http://%s to https", async (host) => {
    const { status, headers } = await httpCall(`http://${host}/a?b`, { address });
    expect([status, headers.location]).toEqual([308, `https://${host}/a?b`]);
  });

  it("requires the password of sysop before NiFi", async () => {
    const path = "/nifi-api/authentication/configuration";
    const refused = await call("nifi", path);
    expect(refused.headers["www-authenticate"]).toBe('Basic realm="Authentication Required"');
    const wrong = await call("nifi", path, { headers: login("sysop", "wrong") });
    expect([refused.status, wrong.status]).toEqual([401, 401]);
    const password = readFileSync(join(platform().secrets, "sysop", "password"), "utf8").trim();
    const answer = await call("nifi", path, { headers: login("sysop", password) });
    const nodes = [
      "get",
      "statefulset",
      "nifi",
      "--ignore-not-found",
      "-o",
      "jsonpath={.status.readyReplicas}",
    ];
    if ((await inData(...nodes)) === "") {
      expect(answer.status).toBe(503); // the platform runs without NiFi
      return;
    }
    expect([answer.status, answer.headers["set-cookie"]?.[0]]).toEqual([
      200,
      expect.stringMatching(/^INGRESSCOOKIE=/),
    ]);
    const { loginUri } = JSON.parse(answer.body).authenticationConfiguration; // NiFi's own login follows
    expect(loginUri).toMatch(new RegExp(`^https://${hosts.nifi}[:/]`));
  });

  it("returns 413 above 16 MiB, and forwards smaller bodies", async () => {
    const limit = 16 * 1024 * 1024;
    const tooLarge = { status: 413, body: "Request Entity Too Large" };
    const path = "/function/sentiment";
    const announced = { "content-length": String(limit + 1) }; // refused before the body arrives
    expect(await call("faas", path, { method: "POST", headers: announced })).toMatchObject(tooLarge);
    const body = Buffer.alloc(limit + 1, "a");
    expect(await call("faas", path, { body, chunked: true })).toMatchObject(tooLarge);
    const passed = await call("faas", path, { body: body.subarray(1024) });
    expect(passed.headers).toHaveProperty("x-call-id"); // the gateway's
  });

  it("serves the console to users with the password, with its events and a link to Ethstats", async () => {
    expect((await call("faas", "/ui/")).status).toBe(401);
    const headers = login("admin", platform().password);
    const page = await call("faas", "/ui/", { headers });
    expect([page.status, page.body]).toEqual([200, expect.stringContaining("page.js")]);
    const events = await call("faas", "/ui/api/events", { headers, until: "event: " });
    expect(events.headers["content-type"]).toMatch(/^text\/event-stream/);
    const network = await call("faas", "/ui/api/ethereum/network", { headers });
    expect(JSON.parse(network.body)).toMatchObject({ ethstatsPage: `https://${hosts["eth-ethstats"]}/` });
    const links = await call("eth-ethstats", "/api/links");
    expect(JSON.parse(links.body)).toEqual({ console: `https://${hosts.faas}/ui/` });
  });

  /** Forms of the path that a controller or a server may treat as equal. */
  const metricsPaths = ["/metrics", "/metrics/", "//metrics", "/x/../metrics", "/%6Detrics", "/metrics?x=1"];
  const otherPaths = ["/Metrics", "/metrics%2F", "/metrics;x", "/%2Fmetrics"];

  it.each(["faas", "eth-ethstats"] as const)("refuses the metrics of %s to callers outside", async (name) => {
    for (const path of metricsPaths) expect([path, (await call(name, path)).status]).toEqual([path, 403]);
    for (const path of otherPaths) expect([path, (await call(name, path)).status]).toEqual([path, 404]);
  });

  it("loses no call while Traefik is restarted", async () => {
    const [before] = (await inTraefik("get", "pod", "-o", "name")).trim().split("\n");
    const load = startLoad(sentiment);
    await inTraefik("rollout", "restart", "deployment/traefik");
    await isReady();
    await inTraefik("wait", "--for=delete", before!, "--timeout=100s");
    const { answers, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThan(50);
  });

  it("routes challenges of an ACME authority to cert-manager's solver", async () => {
    const path = "/.well-known/acme-challenge/token";
    await applyObjects(acmeSolver(path));
    try {
      await inData("wait", "--for=condition=Ready", "pod/acme-solver", "--timeout=60s");
      const challenge = async (): Promise<HttpAnswer> => {
        const answer = await httpCall(`http://${hosts.faas}${path}`, { address });
        return answer.status === 308 ? call("faas", path) : answer; // authorities follow the redirect to https
      };
      const { body } = await waitFor("the challenge", async () => {
        const answer = await challenge();
        return answer.status === 200 && answer;
      });
      expect(body).toBe("key");
    } finally {
      await inData("delete", "ingress,service,pod", "-l", "app=acme-solver", "--wait=false");
    }
  });

  describe("by the Gateway API", () => {
    let crds: string[];
    beforeAll(async () => {
      const definitions = await gatewayApiCrds();
      crds = definitions.flatMap((file) => ["-f", file]);
      await kubectl(["apply", "--server-side", ...crds]);
      await awaitDefinitions(definitions);
      const [traefik, routes] = await Promise.all(gatewayApiOverlays(otherHosts).map(renderProposed));
      await applyObjects(routes!.filter(({ kind }) => ["Gateway", "HTTPRoute"].includes(kind)));
      await applyObjects(traefik!);
      await isReady();
    }, 2 * minute);
    afterAll(async () => {
      await kubectl(["delete", "--ignore-not-found", "--wait=false", ...crds]);
      const roles = ["clusterrole/traefik-gateway-api", "clusterrole/traefik-gateway-api-namespace"];
      await kubectl(["delete", "--ignore-not-found", ...roles, "clusterrolebinding/traefik-gateway-api"]);
      await inData("delete", "rolebinding", "traefik-gateway-api", "--ignore-not-found");
    });

    /** Calls a host of the overlay. The previous pod, which does not know these hosts, may still get some calls. */
    const callRoute = (name: HostName, path: string, options?: HttpCall) =>
      waitFor("the new pod", async () => {
        const answer = await call(name, path, options, otherHosts[name]);
        return answer.status !== 404 && answer;
      });

    it("answers at hosts that an overlay sets, with the same certificates", async () => {
      const { body } = await callRoute("faas", "/function/sentiment", { body: "People are kind" });
      expect(JSON.parse(body)).toMatchObject({ polarity: 0.6 });
      expect((await callRoute("eth-ethstats", "/")).body).toContain("<title>");
    });

    it("redirects to https, and routes /metrics to no backend", async () => {
      const { status, headers } = await waitFor("the new pod", async () => {
        const answer = await httpCall(`http://${otherHosts.faas}/a?b`, { address });
        return answer.status !== 404 && answer;
      });
      expect([status, headers.location]).toEqual([301, `https://${otherHosts.faas}/a?b`]);
      for (const name of ["faas", "eth-ethstats"] as const)
        for (const path of metricsPaths)
          expect([path, (await callRoute(name, path)).status]).toEqual([path, 500]);
    });

    it("reports its state in the status of Gateway and routes", async () => {
      const objects = JSON.parse(await inData("get", "gateway,httproute", "-o", "json")).items;
      const conditions = objects.flatMap(({ kind, status }: KubernetesObject) =>
        (kind === "Gateway" ? [status] : status.parents).flatMap(
          (part: { conditions: { type: string; status: string }[] }) =>
            part.conditions.map((condition) => `${kind} ${condition.type} ${condition.status}`),
        ),
      );
      expect([...new Set(conditions)].sort()).toEqual([
        "Gateway Accepted True",
        "Gateway Programmed True",
        "HTTPRoute Accepted True",
        "HTTPRoute ResolvedRefs True",
      ]);
    });

    it("keeps the Ingress of NiFi", async () => {
      expect((await call("nifi", "/")).status).toBe(401);
    });
  });
}

/** The overlays that docs/how-to/expose-the-platform.md proposes for the Gateway API: of Traefik, and of the platform with other hosts. */
function gatewayApiOverlays(gatewayHosts: Readonly<Record<string, string>>): object[] {
  const kind = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };
  return [
    { ...kind, resources: ["../../base/traefik"], components: ["../../components/gateway-api/traefik"] },
    {
      ...kind,
      resources: ["../production"],
      configMapGenerator: [
        {
          name: "hosts",
          behavior: "merge",
          literals: Object.entries(gatewayHosts).map(([name, host]) => `${name}=${host}`),
        },
      ],
      components: ["../../components/gateway-api"],
    },
  ];
}

async function renderProposed(kustomization: object): Promise<KubernetesObject[]> {
  using overlay = writeProposedOverlay(stringify(kustomization));
  return await render(overlay.folder);
}

/** The objects that cert-manager creates for a challenge, with a server of ours as the solver. */
function acmeSolver(path: string): object[] {
  const metadata = {
    name: "acme-solver",
    namespace: "data",
    labels: { app: "acme-solver", "acme.cert-manager.io/http01-solver": "true" },
  };
  const script = 'require("http").createServer((_, response) => response.end("key")).listen(8089)';
  const container = {
    name: "acmesolver",
    image: `serverless-data-platform/gateway:${platformVersion}`,
    command: ["node", "-e", script],
    ports: [{ containerPort: 8089 }],
    readinessProbe: { tcpSocket: { port: 8089 }, periodSeconds: 1 },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
  const securityContext = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } };
  const backend = { service: { name: "acme-solver", port: { number: 8089 } } };
  return [
    { apiVersion: "v1", kind: "Pod", metadata, spec: { securityContext, containers: [container] } },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: { selector: { app: "acme-solver" }, ports: [{ port: 8089 }] },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        ...metadata,
        annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": "0.0.0.0/0,::/0" },
      },
      spec: {
        ingressClassName: "nginx",
        rules: [
          { host: hosts.faas, http: { paths: [{ path, pathType: "ImplementationSpecific", backend }] } },
        ],
      },
    },
  ];
}
