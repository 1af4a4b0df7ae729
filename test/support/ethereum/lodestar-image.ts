import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker } from "../kubernetes/docker.ts";
import { lodestarInstall } from "./lodestar-install.ts";

/**
 * Builds an image in the local Docker engine under the name in the manifests, with a Lodestar from npm. It replaces the official image,
 * which comes from a registry. Its entry point takes the same arguments.
 */
export async function buildLodestarImage(name: string): Promise<void> {
  const { folder, node, preload, program } = await lodestarInstall();
  const context = mkdtempSync(join(tmpdir(), "lodestar-image-"));
  try {
    cpSync(node, join(context, "node"));
    cpSync(folder, join(context, "app"), { recursive: true, verbatimSymlinks: true });
    const appFolder = "/usr/app";
    const lines = [
      "FROM node:18-alpine",
      "USER 0",
      "COPY node /usr/local/bin/node",
      `COPY app ${appFolder}`,
      `RUN chmod -R a+rX ${appFolder}`,
      "ENV NODE_BACKEND=js",
      `WORKDIR ${appFolder}`,
      `ENTRYPOINT ${JSON.stringify(["node", "--require", join(appFolder, preload), join(appFolder, program)])}`,
    ];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", name, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}
