import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import { gethBinaries, gethVersions } from "../ethereum/geth-binaries.ts";
import { buildGethImage } from "../ethereum/geth-image.ts";
import { buildLodestarImage } from "../ethereum/lodestar-image.ts";
import { docker } from "../kubernetes/docker.ts";
import { buildElasticsearchImage, buildKafkaImage } from "../kubernetes/java-image.ts";
import { kubectl, render } from "../kubernetes/kubernetes.ts";
import { kafkaJmxImage, provideMavenImage } from "../kubernetes/maven-image.ts";
import { provideServiceBaseImage } from "../kubernetes/node-image.ts";
import { buildMonitoringImage } from "../kubernetes/prometheus-image.ts";
import { makeSecrets } from "../kubernetes/secrets.ts";
import { useTemplates } from "../openfaas/templates.ts";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";

/** A program that brings images of the local Docker engine into the cluster's node. */
export const clusterLoad = process.env.CLUSTER_LOAD;

/** deploy/overlays/local on a cluster. */
export interface LocalPlatform extends AsyncDisposable {
  /** What `npm run secrets` has made. */
  secrets: string;
}

/** Options of startLocalPlatform. */
export interface LocalPlatformOptions {
  /** Apps that are left out. */
  without: readonly string[];
  /** The overlay: `local`, or one that has the same apps. */
  overlay?: string;
  /** Components that are added to the overlay. */
  components?: readonly string[];
  /** Images that are built and loaded besides those of the overlay. */
  images?: readonly string[];
}

/** Builds the images, makes the secrets and applies an overlay as deploy/README.md says. */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const { without, components = [], images = [] } = options;
  using kustomization = makeOverlay(options.overlay ?? "local", components);
  const overlay = kustomization.folder;
  const secrets = mkdtempSync(join(tmpdir(), "kubernetes-"));
  await loadImages([...(await imagesOf(overlay, without)), ...images]);
  await makeSecrets(secrets);
  await kubectl(["apply", "-k", join(root, "deploy", "base", "namespace")]);
  await kubectl(["apply", "-f", join(secrets, "kubernetes")]);
  await kubectl(["apply", "-f", join(secrets, "kubernetes-gateway")]);
  await kubectl(["apply", "-k", overlay, "-l", `app notin (${without.join()})`]);
  return {
    secrets,
    async [Symbol.asyncDispose]() {
      await kubectl(["delete", "namespace", "data", "--ignore-not-found"]);
      rmSync(secrets, { recursive: true });
    },
  };
}

/** A folder with an overlay that adds components to another; it is removed at the end. */
function makeOverlay(base: string, components: readonly string[]): Disposable & { folder: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "overlay-")));
  const pathTo = (...path: string[]) => relative(folder, join(root, "deploy", ...path)); // kustomize takes no other
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [pathTo("overlays", base)],
    components: [...components, "images"].map((component) => pathTo("components", component)),
  };
  writeFileSync(join(folder, "kustomization.yaml"), stringify(kustomization));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

async function imagesOf(overlay: string, without: readonly string[]): Promise<string[]> {
  const objects = (await render(overlay)).filter(
    ({ metadata }) => !without.includes(metadata.labels?.app ?? ""),
  );
  return [...new Set(objects.flatMap(({ spec }) => podImages(spec?.template?.spec)))];
}

/**
 * Loads images. Ours are built as users build them. The others are stand-ins with the real programs under the
 * official names, or with OFFICIAL_IMAGES=1 those of the public registry.
 */
async function loadImages(images: readonly string[]): Promise<void> {
  if (process.env.OFFICIAL_IMAGES === "1") {
    for (const image of images) if (!isOurs(image)) await docker("pull", "--quiet", image);
  } else {
    await buildStandIns(images);
  }
  await provideServiceBaseImage();
  if (images.some((image) => image.includes(kafkaJmxImage))) await provideMavenImage();
  const ours = images.map((image) => /^serverless-data-platform\/(.+):/.exec(image)?.[1] ?? "");
  const templates = useTemplates();
  try {
    await succeed("npm", ["run", "images", "--", ...ours.filter((name) => name !== "")], { cwd: root });
  } finally {
    templates[Symbol.dispose]();
  }
  await succeed(clusterLoad!, images);
}

const isOurs = (image: string) => image.startsWith("serverless-data-platform/");

async function buildStandIns(images: readonly string[]): Promise<void> {
  for (const image of images) {
    const geth = Object.values(gethVersions).find((version) => image.endsWith(version));
    if (image.startsWith("ethereum/") && geth) await buildGethImage(image, await gethBinaries(geth));
    if (image.startsWith("chainsafe/lodestar:")) await buildLodestarImage(image);
    if (image.startsWith("apache/kafka:")) await buildKafkaImage(image);
    if (image.startsWith("library/elasticsearch:")) await buildElasticsearchImage(image);
    await buildMonitoringImage(image);
  }
}

function podImages(
  pod: { initContainers?: { image: string }[]; containers: { image: string }[] } | undefined,
) {
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])].map(({ image }) => image);
}
