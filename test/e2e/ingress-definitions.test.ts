// needs: go kubernetes-api
import { join } from "node:path";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { certManagerCrds, gatewayApiCrds } from "../support/kubernetes/ingress-crds.ts";
import { awaitDefinitions, hasKubernetes, kubectl } from "../support/kubernetes/kubernetes.ts";
import { proposedOverlays, writeProposedOverlay } from "../support/proposed-overlays.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

jest.setTimeout(300_000);

const deploy = join(root, "deploy");
const strict = ["--dry-run=server", "--validate=strict", "--warnings-as-errors", "-o", "name"];
const proposed = proposedOverlays();

/** The names of the objects of an overlay in docs/how-to/expose-the-platform.md that an API server accepts. */
async function take(component: string): Promise<string[]> {
  const overlayYaml = proposed.find((yaml) => yaml.includes(`components/${component}]`))!;
  using overlay = writeProposedOverlay(overlayYaml);
  return (await kubectl(["apply", "-k", overlay.folder, ...strict])).trim().split("\n");
}

requireService("Go and a Kubernetes API server (KUBECONFIG)", hasGo() && hasKubernetes(), () => {
  let definitions: string[];
  beforeAll(async () => {
    definitions = [...(await gatewayApiCrds()), ...(await certManagerCrds())];
    await kubectl(["apply", "--server-side", ...definitions.flatMap((file) => ["-f", file])]);
    await awaitDefinitions(definitions);
    await kubectl(["apply", "-k", join(deploy, "base", "namespace")]);
    await kubectl(["apply", "-f", join(deploy, "base", "traefik", "namespace.yaml")]);
  });
  afterAll(async () => {
    await kubectl(["delete", "--wait=false", ...definitions.flatMap((file) => ["-f", file])]);
  });

  it("the definitions of cert-manager accept the ClusterIssuer, for hosts of an overlay", async () => {
    expect(await take("cluster-issuer")).toContain("clusterissuer.cert-manager.io/letsencrypt-production");
  });

  it("the definitions of the Gateway API accept the Gateway and its routes, which replace Ingresses", async () => {
    const names = await take("gateway-api");
    const kinds = /^(gateway|httproute|ingress)\./;
    expect(names.filter((name) => kinds.test(name)).sort()).toEqual([
      "gateway.gateway.networking.k8s.io/data",
      "httproute.gateway.networking.k8s.io/eth-ethstats",
      "httproute.gateway.networking.k8s.io/faas",
      "httproute.gateway.networking.k8s.io/https",
      "ingress.networking.k8s.io/nifi",
    ]);
  });

  it("the definitions of the Gateway API accept the objects that Traefik needs to serve it", async () => {
    expect(await take("gateway-api/traefik")).toContain("gatewayclass.gateway.networking.k8s.io/traefik");
  });
});
