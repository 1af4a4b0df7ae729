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
    const place = "/usr/app";
    const lines = [
      "FROM node:18-alpine",
      "USER 0",
      "COPY node /usr/local/bin/node",
      `COPY app ${place}`,
      `RUN chmod -R a+rX ${place}`,
      "ENV NODE_BACKEND=js",
      `WORKDIR ${place}`,
      `ENTRYPOINT ${JSON.stringify(["node", "--require", join(place, preload), join(place, program)])}`,
    ];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", name, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}
