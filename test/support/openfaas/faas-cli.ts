import { execFileSync } from "node:child_process";

/** Is there a faas-cli on the PATH? */
export function hasFaasCli(): boolean {
  try {
    execFileSync("faas-cli", ["version", "--short-version", "--warn-update=false"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
