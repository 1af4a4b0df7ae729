import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject, Node } from "./kubernetes-objects.ts";
import { hasFunctionsLater, imagesOf } from "./overlay.ts";
import type { Runner } from "./runner.ts";
import { showed, succeeded } from "./tools/cluster-tool.ts";

/** The images of an overlay: ours by the names of `npm run images`, the others by their own. */
export interface PlatformImages {
  ours: ReadonlyMap<string, string>;
  others: readonly string[];
}

/** The images that an overlay runs, and those of the functions that faas-cli deploys to it. */
export function platformImages(root: string, objects: readonly KubernetesObject[]): PlatformImages {
  const file = join(root, "deploy", "components", "images", "kustomization.yaml");
  const lines = /- name: (\S+)\s+newName: (serverless-data-platform\/\S+)\s+newTag: (\S+)/g;
  const known = [...readFileSync(file, "utf8").matchAll(lines)].map(
    ([, name = "", image, tag]): [string, string] => [name, `${image}:${tag}`],
  );
  const used = imagesOf(objects);
  const later = hasFunctionsLater(objects);
  const ours = known.filter(([name, image]) => used.includes(image) || (later && isFunction(root, name)));
  const images = ours.map(([, image]) => image);
  return { ours: new Map(ours), others: used.filter((image) => !images.includes(image)) };
}

/** Whether an image of ours is built by faas-cli. */
export function isFunction(root: string, name: string): boolean {
  return existsSync(join(root, "functions", name));
}

/** What loading images needs. */
export interface ImagesContext {
  runner: Runner;
  kubectl: Kubectl;
  root: string;
  say(line: string): void;
  load(images: readonly string[]): Promise<void>;
}

/**
 * Builds our images, pulls those of others that neither Docker nor the nodes have, and loads those that have changed.
 * @param loaded the ids of the images that the cluster has by now
 * @returns the ids of all images that were loaded, by their names
 */
export async function provideImages(
  context: ImagesContext,
  { ours, others }: PlatformImages,
  loaded: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { runner, kubectl, say, root } = context;
  if (ours.size > 0) {
    say(`Building ${ours.size} images`);
    const env = { OPENFAAS_PREFIX: "" }; // the overlay has the names
    await showed(runner, process.execPath, [join(root, "scripts", "images.mjs"), ...ours.keys()], { env });
  }
  const onNodes = await imagesOnNodes(kubectl);
  const ids: Record<string, string> = {};
  for (const image of [...ours.values(), ...others]) {
    let id = await imageId(runner, image);
    if (id === undefined && onNodes(image)) continue; // the cluster has pulled it
    if (id === undefined) {
      await showed(runner, "docker", ["pull", image]);
      id = (await imageId(runner, image)) ?? "";
    }
    ids[image] = id;
  }
  const changed = Object.keys(ids).filter((image) => ids[image] !== loaded[image] || !onNodes(image));
  if (changed.length > 0) {
    say(`Loading ${changed.length} images into the cluster`);
    await context.load(changed);
  } else if (Object.keys(ids).length > 0) say("The cluster has all images");
  return ids;
}

/** A CLUSTER_LOAD program as a loader. */
export function loaderProgram(runner: Runner, program: string) {
  return async (images: readonly string[]) => {
    await succeeded(runner, program, images);
  };
}

async function imageId(runner: Runner, image: string): Promise<string | undefined> {
  const { code, stdout } = await runner.run("docker", ["image", "inspect", "--format", "{{.Id}}", image]);
  return code === 0 ? stdout.trim() : undefined;
}

/** A test of whether all nodes list an image. They list fifty at most: the others are loaded again. */
async function imagesOnNodes(kubectl: Kubectl): Promise<(image: string) => boolean> {
  const nodes = await kubectl.list<Node>(["nodes"]);
  const lists = nodes.map(
    ({ status }) => new Set((status.images ?? []).flatMap(({ names }) => (names ?? []).map(fullImageName))),
  );
  return (image) => lists.length > 0 && lists.every((names) => names.has(fullImageName(image)));
}

/** An image's name with its registry, as most nodes list it. */
export function fullImageName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
