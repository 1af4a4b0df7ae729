import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";

const operator = {
  module: "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring",
  version: "v0.95.2",
};
const generator = { module: "sigs.k8s.io/controller-tools", version: "v0.19.0" };

/**
 * Returns the folder with the Prometheus operator's custom resource definitions, generated once on a machine from the operator's Go types, by the
 * generator of its releases.
 */
export function operatorCrds(): Promise<string> {
  return cached(cacheFolder("prometheus-operator", operator.version), async (draft) => {
    const program = `${generator.module}/cmd/controller-gen`;
    const build = join(draft, "build");
    await mkdir(build);
    await writeFile(join(build, "go.mod"), "module crds\n\ngo 1.24\n");
    const imports = `import (\n\t_ "${operator.module}/v1"\n\t_ "${program}"\n)\n`;
    await writeFile(join(build, "tools.go"), `//go:build tools\n\npackage crds\n\n${imports}`);
    const go = (...args: string[]) => succeed("go", args, { cwd: build });
    await go("get", `${operator.module}@${operator.version}`, `${generator.module}@${generator.version}`);
    await go("mod", "tidy");
    await go("run", program, "crd", `paths=${operator.module}/v1`, `output:crd:dir=${draft}`);
  });
}
