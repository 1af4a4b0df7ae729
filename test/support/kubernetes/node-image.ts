import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadedNode, nodeVersions } from "../node-binary.ts";
import { run } from "../process/command.ts";
import { docker } from "./docker.ts";

/** The base image of packages/service.Dockerfile. */
export const serviceBaseImage = "node:24-alpine";

/** The label of its replacement, with the version of Node.js. */
const label = "serverless-data-platform.node";

/**
 * Builds a replacement for `node:24-alpine` if the engine's `node:18-alpine` is one, too, on a machine without a container registry. It is
 * that image with Node.js 24 from npm instead of 18. Elsewhere Docker pulls the official image.
 */
export async function provideServiceBaseImage(): Promise<void> {
  const existing = await readLabels(serviceBaseImage);
  const version = nodeVersions[24];
  if (existing !== undefined && (existing[label] === undefined || existing[label] === version)) return;
  if (!(await hasReplacementImages())) return;
  const node = downloadedNode(24);
  if (node === undefined) return;
  const context = mkdtempSync(join(tmpdir(), "node-image-"));
  try {
    copyFileSync(node, join(context, "node"));
    const lines = [
      "FROM node:18-alpine",
      "COPY node /usr/local/bin/node",
      `ENV NODE_VERSION=${version}`,
      `LABEL ${label}=${version}`,
    ];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", serviceBaseImage, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/** Whether the engine's base image is a replacement, on a machine without a container registry. */
export async function hasReplacementImages(): Promise<boolean> {
  return (await readLabels("node:18-alpine"))?.["openfaas-e2e"] !== undefined;
}

/** Returns an image's labels, or undefined if the engine does not have it. */
async function readLabels(image: string): Promise<Record<string, string> | undefined> {
  const format = "--format={{json .Config.Labels}}";
  const { code, stdout } = await run("docker", ["image", "inspect", format, image]);
  return code === 0 ? (JSON.parse(stdout) ?? {}) : undefined;
}
