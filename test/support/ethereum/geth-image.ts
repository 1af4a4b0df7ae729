import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run, succeed } from "../process/command.ts";

/** The shell commands that the start scripts in deploy/ use, as in the official image's busybox. */
const applets = [
  "sh",
  "cat",
  "dirname",
  "grep",
  "mktemp",
  "mv",
  "rm",
  "sed",
  "sleep",
  "timeout",
  "tr",
  "wget",
];

/**
 * Builds an image in the local Docker engine under the name in the manifests, from Geth's own programs and Debian's static busybox
 * (/bin/busybox). It replaces the official image, which comes from a registry. All files are readable for everybody, whatever the
 * permissions of `binaries`.
 */
export async function buildGethImage(name: string, binaries: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "geth-image-"));
  try {
    cpSync(binaries, join(folder, "usr/local/bin"), { recursive: true });
    mkdirSync(join(folder, "bin"));
    cpSync("/bin/busybox", join(folder, "bin/busybox"));
    for (const applet of applets) symlinkSync("busybox", join(folder, "bin", applet));
    for (const library of await listLibraries(join(binaries, "geth"))) {
      mkdirSync(join(folder, dirname(library)), { recursive: true });
      cpSync(library, join(folder, library), { dereference: true });
    }
    mkdirSync(join(folder, "tmp"), { mode: 0o1777 });
    const changes = ["--change", "ENV PATH=/usr/local/bin:/bin", "--change", 'ENTRYPOINT ["geth"]'];
    const tar = 'tar -C "$0" --mode=a+rX --numeric-owner --owner=0 --group=0 -c . | docker import "$@"';
    await succeed("bash", ["-o", "pipefail", "-c", tar, folder, ...changes, "-", name]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function listLibraries(program: string): Promise<string[]> {
  const { stdout } = await run("ldd", [program]);
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1]!);
}
