import type { MissingProgram } from "./errors.ts";
import type { Runner } from "./runner.ts";

/** The programs that a command needs besides kubectl. */
export interface Needs {
  docker: boolean;
  faasCli: boolean;
}

/** Lists all programs that are missing or do not answer. */
export async function missingPrograms(runner: Runner, { docker, faasCli }: Needs): Promise<MissingProgram[]> {
  const missing: MissingProgram[] = [];
  if (!(await hasKubectl(runner)))
    missing.push({
      name: "kubectl",
      advice: "talks to the cluster (https://kubernetes.io/docs/tasks/tools/)",
    });
  if (docker) {
    const { code, stderr } = await runner.run("docker", ["version", "--format", "{{.Server.Version}}"]);
    if (code === 127)
      missing.push({
        name: "docker",
        advice: "builds the images (https://docs.docker.com/get-started/get-docker/)",
      });
    else if (code !== 0)
      missing.push({
        name: "docker",
        advice: `does not answer; start it (${stderr.trim().split("\n").at(-1)})`,
      });
  }
  if (faasCli && (await runner.run("faas-cli", ["version", "--warn-update=false"])).code === 127)
    missing.push({
      name: "faas-cli",
      advice: "builds the images of functions (https://docs.openfaas.com/cli/install/)",
    });
  return missing;
}

export async function hasKubectl(runner: Runner): Promise<boolean> {
  return (await runner.run("kubectl", ["version", "--client"])).code === 0;
}
