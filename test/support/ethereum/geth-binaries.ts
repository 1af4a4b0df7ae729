import { spawnSync } from "node:child_process";
import { cached, cacheFolder } from "../process/cache.ts";
import { run } from "../process/command.ts";

/** The purpose of each version of Geth; deploy/ runs all three. */
export const gethVersions = {
  /** The last version that seals Clique. */
  clique: "v1.13.15",
  /** The last version that mines by proof of work. */
  proofOfWork: "v1.11.6",
  /** The maintained version: proof of stake, `geth --dev`, and the boot nodes of all networks. */
  proofOfStake: "v1.17.10",
} as const;

export type GethVersion = (typeof gethVersions)[keyof typeof gethVersions];

/** Whether Geth can be built on this machine. */
export const hasGo = (): boolean => spawnSync("go", ["version"]).status === 0;

/**
 * Returns the folder with the programs of a version, built by `go install` once on a machine: `geth`, and `devp2p`, or `bootnode` of the
 * older versions.
 */
export function gethBinaries(version: GethVersion): Promise<string> {
  return cached(cacheFolder("geth", version), async (draft) => {
    const maintained = version === gethVersions.proofOfStake;
    const programs = ["geth", maintained ? "devp2p" : "bootnode"];
    // The older versions link to a function of Go's runtime that Go no longer exports.
    const flags = maintained ? [] : ["-ldflags=-checklinkname=0"];
    const packages = programs.map((program) => `github.com/ethereum/go-ethereum/cmd/${program}@${version}`);
    const { code, stderr } = await run("go", ["install", ...flags, ...packages], { env: { GOBIN: draft } });
    if (code !== 0) throw new Error(`go install of Geth ${version} failed: ${stderr.trim().slice(-2000)}`);
  });
}
