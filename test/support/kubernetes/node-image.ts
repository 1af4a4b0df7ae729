import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadedNode, nodeVersions } from "../node-binary.ts";
import { run } from "../process/command.ts";
import { docker } from "./docker.ts";

/** The image that packages/service.Dockerfile starts from. */
export const serviceBaseImage = "node:24-alpine";

/** Its stand-in has this label, with the version of Node.js in it. */
const label = "serverless-data-platform.node";

/**
 * Makes a stand-in for `node:24-alpine` where the engine's `node:18-alpine` is one, too: a machine without a container
 * registry. It is that image with the Node.js 24 from npm in place of 18. Elsewhere Docker pulls the official image.
 */
export async function provideServiceBaseImage(): Promise<void> {
  const existing = await labelsOf(serviceBaseImage);
  const version = nodeVersions[24];
  if (existing !== undefined && (existing[label] === undefined || existing[label] === version)) return;
  if (!(await hasStandIns())) return;
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

/** Whether the engine's own base image is a stand-in: a machine without a container registry. */
export async function hasStandIns(): Promise<boolean> {
  return (await labelsOf("node:18-alpine"))?.["openfaas-e2e"] !== undefined;
}

/** An image's labels; undefined where the engine does not have it. */
async function labelsOf(image: string): Promise<Record<string, string> | undefined> {
  const format = "--format={{json .Config.Labels}}";
  const { code, stdout } = await run("docker", ["image", "inspect", format, image]);
  return code === 0 ? (JSON.parse(stdout) ?? {}) : undefined;
}
