import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker } from "../kubernetes/docker.ts";
import { downloadedNode } from "../node-binary.ts";

/** A Lodestar that npm installed, and the Node.js that its native modules are built for. */
export interface LodestarInstall {
  /** The folder with node_modules. */
  folder: string;
  /** Modules that Node.js loads first, as paths in the folder. */
  preload: readonly string[];
  nodeMajor: number;
}

/**
 * Makes an image in the local Docker engine under the name that the manifests use, of a Lodestar from npm: a stand-in for
 * the official image, which comes from a registry. Its entry point takes the same arguments.
 */
export async function buildLodestarImage(name: string, install: LodestarInstall): Promise<void> {
  const node = downloadedNode(install.nodeMajor);
  if (node === undefined) throw new Error(`npm has no Node.js ${install.nodeMajor} for this platform`);
  const context = mkdtempSync(join(tmpdir(), "lodestar-image-"));
  try {
    cpSync(node, join(context, "node"));
    cpSync(install.folder, join(context, "app"), { recursive: true, verbatimSymlinks: true });
    const program = "/usr/app/node_modules/@chainsafe/lodestar/lib/index.js";
    const preload = install.preload.flatMap((file) => ["--require", join("/usr/app", file)]);
    const lines = [
      "FROM node:18-alpine",
      "USER 0",
      "COPY node /usr/local/bin/node",
      "COPY app /usr/app",
      "RUN chmod -R a+rX /usr/app",
      "ENV NODE_BACKEND=js",
      "WORKDIR /usr/app",
      `ENTRYPOINT ${JSON.stringify(["node", ...preload, program])}`,
    ];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", name, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}
