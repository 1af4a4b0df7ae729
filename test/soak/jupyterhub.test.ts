// JupyterHub on a one-node cluster, beside all of overlays/local and under the network policies.
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { clusterLoad, type LocalPlatform, startLocalPlatform } from "../support/gateway/local-platform.ts";
import { hasMaven } from "../support/java/maven.ts";
import { hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import { hasNifiImage } from "../support/kubernetes/nifi-image.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { hasPython } from "../support/python/python.ts";
import { requireService } from "../support/require-service.ts";
import { describeJupyterhub, jupyterhubImages } from "./jupyterhub-on-platform.ts";

const isAvailable =
  clusterLoad !== undefined &&
  hasKubernetes() &&
  hasFaasCli() &&
  hasGo() &&
  hasMaven() &&
  hasPython() &&
  hasNifiImage();

const minute = 60_000;
jest.setTimeout(10 * minute);

requireService(
  "a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker, faas-cli, Go, Maven, Python and NiFi",
  isAvailable,
  () => {
    let platform: LocalPlatform;
    beforeAll(async () => {
      platform = await startLocalPlatform({
        without: [],
        components: ["network-policies"],
        images: jupyterhubImages,
        wait: true,
      });
    }, 30 * minute);
    afterAll(() => platform?.[Symbol.asyncDispose](), 5 * minute);

    describe("JupyterHub in namespace data-lab", () => describeJupyterhub(() => platform));
  },
);
