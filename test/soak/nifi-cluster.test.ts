// NiFi on a one-node cluster: the coordinator of two nodes is killed; then one node is scaled to two and back while tweets are queued.

import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { clusterLoad, type LocalPlatform, startLocalPlatform } from "../support/gateway/local-platform.ts";
import { hasMaven } from "../support/java/maven.ts";
import { awaitRollout } from "../support/kubernetes/data-namespace.ts";
import { hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import { hasNifiImage } from "../support/kubernetes/nifi-image.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { requireService } from "../support/require-service.ts";
import { applyNifi, describeNifi, nifiImage, removeNifi } from "./nifi-on-platform.ts";
import { describeScaling } from "./nifi-scaling.ts";

const isAvailable =
  clusterLoad !== undefined && hasKubernetes() && hasFaasCli() && hasGo() && hasMaven() && hasNifiImage();

const minute = 60_000;
jest.setTimeout(10 * minute);

requireService(
  "a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker, faas-cli, Go, Maven and NiFi",
  isAvailable,
  () => {
    describe("NiFi as deployed", () => {
      let platform: LocalPlatform;
      beforeAll(async () => {
        platform = await startLocalPlatform({
          without: ["nifi", "nifi-listen"],
          images: [nifiImage],
          wait: true,
        });
      }, 40 * minute);
      afterAll(() => platform?.[Symbol.asyncDispose](), 5 * minute);

      describe("on two nodes", () => describeNifi(() => platform.secrets));

      describe("scaled from one node to two and back", () => {
        beforeAll(async () => {
          await applyNifi();
          await awaitRollout("statefulset/nifi");
        }, 6 * minute);
        afterAll(removeNifi, 3 * minute);

        describeScaling(() => platform.secrets);
      });
    });
  },
);
