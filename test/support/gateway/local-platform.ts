import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { listImages } from "@platform/cluster/overlay";
import { parseQuantity } from "@platform/cluster/resources";
import { stringify } from "yaml";
import { gethBinaries, gethVersions } from "../ethereum/geth-binaries.ts";
import { buildGethImage } from "../ethereum/geth-image.ts";
import { buildLodestarImage } from "../ethereum/lodestar-image.ts";
import { docker } from "../kubernetes/docker.ts";
import { buildElasticsearchImage, buildKafkaImage } from "../kubernetes/java-image.ts";
import { buildJupyterhubImage } from "../kubernetes/jupyterhub-image.ts";
import { render } from "../kubernetes/kubernetes.ts";
import { kafkaJmxImage, provideMavenImage } from "../kubernetes/maven-image.ts";
import { buildNifiImage } from "../kubernetes/nifi-image.ts";
import { provideServiceBaseImage } from "../kubernetes/node-image.ts";
import { buildMonitoringImage } from "../kubernetes/prometheus-image.ts";
import { buildTraefikImage } from "../kubernetes/traefik-image.ts";
import { useTemplates } from "../openfaas/templates.ts";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";

/** A program that loads images of the local Docker engine into the cluster's node. */
export const clusterLoad = process.env.CLUSTER_LOAD;

/** deploy/overlays/local on a cluster. */
export interface LocalPlatform extends AsyncDisposable {
  /** The secrets of `npm run secrets`. */
  secrets: string;
  /** The arguments of scripts/cluster.mjs that start it again. */
  up: readonly string[];
}

/** Options of startLocalPlatform. */
export interface LocalPlatformOptions {
  /** Apps that are left out. */
  without: readonly string[];
  /** The overlay: `local`, or another one with the same apps. */
  overlay?: string;
  /** Components that are added to the overlay. */
  components?: readonly string[];
  /** Images that are built and loaded in addition to those of the overlay. */
  images?: readonly string[];
  /** Maximum CPU request of a container in millicores; larger requests are lowered to it. */
  cpuRequest?: number;
  /** Waits until everything is ready. */
  wait?: boolean;
}

/** Provides third-party images, and starts the platform by `npm run cluster`, as users do. */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const { without, components = [], images = [] } = options;
  const base = options.overlay ?? "local";
  const patches = options.cpuRequest === undefined ? [] : await lowerCpuRequests(base, options.cpuRequest);
  const kustomization = makeOverlay(base, components, patches);
  const overlay = kustomization.folder;
  const secrets = mkdtempSync(join(tmpdir(), "kubernetes-"));
  const withoutArguments = without.flatMap((app) => ["--without", app]);
  const up = ["up", "--overlay", overlay, "--secrets", secrets, "--timeout", "10m", ...withoutArguments];
  const dispose = async () => {
    await runCluster("down", "--yes");
    rmSync(secrets, { recursive: true });
    kustomization[Symbol.dispose]();
  };
  await provideBaseImages([...(await listOverlayImages(overlay, without)), ...images]);
  try {
    using _templates = useTemplates(); // faas-cli looks for them
    await runCluster(...up, options.wait ? "--no-forward" : "--no-wait");
    const others = images.filter((image) => !isOurs(image));
    if (others.length > 0) await succeed(clusterLoad!, others);
  } catch (error) {
    await dispose().catch(() => undefined); // the first error has the reason
    throw error;
  }
  return { secrets, up, [Symbol.asyncDispose]: dispose };
}

/** Runs `npm run cluster` with KUBECONFIG and CLUSTER_LOAD; resolves with its standard output. */
export async function runCluster(...args: string[]): Promise<string> {
  return succeed("npm", ["run", "--silent", "cluster", "--", ...args], { cwd: root });
}

/** A patch of a kustomization. */
interface Patch {
  target: { kind: string; name: string };
  patch: string;
}

/** Returns patches that lower the CPU requests of an overlay's containers, for a cluster with few processors. */
async function lowerCpuRequests(overlay: string, most: number): Promise<Patch[]> {
  return (await render(join(root, "deploy", "overlays", overlay))).flatMap(({ kind, metadata, spec }) => {
    const pod = spec?.template?.spec ?? {};
    const changes = ["initContainers", "containers"].flatMap((list) =>
      ((pod[list] ?? []) as { resources?: { requests?: { cpu?: string } } }[]).flatMap((container, index) =>
        parseQuantity(container.resources?.requests?.cpu) > most / 1_000
          ? [
              {
                op: "replace",
                path: `/spec/template/spec/${list}/${index}/resources/requests/cpu`,
                value: `${most}m`,
              },
            ]
          : [],
      ),
    );
    if (changes.length === 0) return [];
    return [{ target: { kind, name: `^${metadata.name}$` }, patch: JSON.stringify(changes) }];
  });
}

/** Creates a folder with an overlay that adds components and patches to another one. Disposing of it removes it. */
export function makeOverlay(
  base: string,
  components: readonly string[],
  patches: readonly Patch[] = [],
): Disposable & { folder: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "overlay-")));
  const toOverlayPath = (...path: string[]) => relative(folder, join(root, "deploy", ...path)); // kustomize accepts only relative paths
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [toOverlayPath("overlays", base)],
    components: [...components, "images"].map((component) => toOverlayPath("components", component)),
    patches,
  };
  writeFileSync(join(folder, "kustomization.yaml"), stringify(kustomization));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

async function listOverlayImages(overlay: string, without: readonly string[]): Promise<string[]> {
  return listImages(
    (await render(overlay)).filter(({ metadata }) => !without.includes(metadata.labels?.app ?? "")),
  );
}

/**
 * Provides the images that `npm run cluster` takes from the Docker engine: replacements with the real programs under the official
 * names, or with OFFICIAL_IMAGES=1 the images of the public registry; and the base images of ours.
 */
async function provideBaseImages(images: readonly string[]): Promise<void> {
  if (process.env.OFFICIAL_IMAGES === "1") {
    for (const image of images) if (!isOurs(image)) await docker("pull", "--quiet", image);
  } else {
    await buildStandIns(images);
  }
  await provideServiceBaseImage();
  if (images.some((image) => image.includes(kafkaJmxImage))) await provideMavenImage();
}

const isOurs = (image: string) => image.startsWith("serverless-data-platform/");

async function buildStandIns(images: readonly string[]): Promise<void> {
  for (const image of images) {
    const geth = Object.values(gethVersions).find((version) => image.endsWith(version));
    if (image.startsWith("ethereum/") && geth) await buildGethImage(image, await gethBinaries(geth));
    if (image.startsWith("chainsafe/lodestar:")) await buildLodestarImage(image);
    if (image.startsWith("apache/kafka:")) await buildKafkaImage(image);
    if (image.startsWith("library/elasticsearch:")) await buildElasticsearchImage(image);
    if (image.startsWith("apache/nifi:")) await buildNifiImage(image);
    await buildMonitoringImage(image);
    await buildJupyterhubImage(image);
    await buildTraefikImage(image);
  }
}
