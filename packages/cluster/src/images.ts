import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject, Node } from "./kubernetes-objects.ts";
import { hasFunctionsLater, listImages } from "./overlay.ts";
import type { Runner } from "./runner.ts";
import { runWithOutput, succeeded } from "./tools/cluster-tool.ts";

/** The images of an overlay: ours with their names in `npm run images`, and third-party images. */
export interface PlatformImages {
  ours: ReadonlyMap<string, string>;
  others: readonly string[];
}

/** Returns the images that an overlay runs, and those of the functions that faas-cli deploys to it. */
export function platformImages(root: string, objects: readonly KubernetesObject[]): PlatformImages {
  const file = join(root, "deploy", "components", "images", "kustomization.yaml");
  const lines = /- name: (\S+)\s+newName: (serverless-data-platform\/\S+)\s+newTag: (\S+)/g;
  const known = [...readFileSync(file, "utf8").matchAll(lines)].map(
    ([, name = "", image, tag]): [string, string] => [name, `${image}:${tag}`],
  );
  const used = listImages(objects);
  const later = hasFunctionsLater(objects);
  const ours = known.filter(([name, image]) => used.includes(image) || (later && isFunction(root, name)));
  const images = ours.map(([, image]) => image);
  return { ours: new Map(ours), others: used.filter((image) => !images.includes(image)) };
}

/** Whether faas-cli builds this image of ours. */
export function isFunction(root: string, name: string): boolean {
  return existsSync(join(root, "functions", name));
}

/** Options of provideImages. */
export interface ImagesContext {
  runner: Runner;
  kubectl: Kubectl;
  root: string;
  say(line: string): void;
  load(images: readonly string[]): Promise<void>;
}

/**
 * Builds our images, pulls third-party images that neither Docker nor the nodes have, and loads the changed ones.
 * @param loaded the ids of the images that earlier runs loaded, by name
 * @returns the ids of all loaded images, by name
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
    await runWithOutput(runner, process.execPath, [join(root, "scripts", "images.mjs"), ...ours.keys()], {
      env,
    });
  }
  const onNodes = await imagesOnNodes(kubectl);
  const ids: Record<string, string> = {};
  for (const image of [...ours.values(), ...others]) {
    let id = await imageId(runner, image);
    if (id === undefined && onNodes(image)) continue; // the cluster has pulled it
    if (id === undefined) {
      await runWithOutput(runner, "docker", ["pull", image]);
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

/** Makes a loader of a CLUSTER_LOAD program. */
export function loaderProgram(runner: Runner, program: string) {
  return async (images: readonly string[]) => {
    await succeeded(runner, program, images);
  };
}

async function imageId(runner: Runner, image: string): Promise<string | undefined> {
  const { code, stdout } = await runner.run("docker", ["image", "inspect", "--format", "{{.Id}}", image]);
  return code === 0 ? stdout.trim() : undefined;
}

/** Returns a test whether all nodes list an image. A node lists at most fifty images; the others are loaded again. */
async function imagesOnNodes(kubectl: Kubectl): Promise<(image: string) => boolean> {
  const nodes = await kubectl.list<Node>(["nodes"]);
  const lists = nodes.map(
    ({ status }) => new Set((status.images ?? []).flatMap(({ names }) => (names ?? []).map(fullImageName))),
  );
  return (image) => lists.length > 0 && lists.every((names) => names.has(fullImageName(image)));
}

/** Adds the default registry to an image's name, as most nodes list it. */
export function fullImageName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
