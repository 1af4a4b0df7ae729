import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { succeed } from "../process/command.ts";

/** The version of the Gateway API that Traefik 3.7 supports: the definitions of its standard channel. */
export const gatewayApiCrds = () => definitions("sigs.k8s.io/gateway-api@v1.6.1", "config/crd/standard");

/** The definitions of cert-manager's kinds, except challenges and orders. */
export const certManagerCrds = () =>
  definitions("github.com/cert-manager/cert-manager@v1.21.2", "deploy/crds");

/** The files with custom resource definitions in a folder of a Go module, which is downloaded once on a machine. */
async function definitions(module: string, folder: string): Promise<string[]> {
  const { Dir } = JSON.parse(await succeed("go", ["mod", "download", "-json", module]));
  const path = join(Dir, folder);
  const isDefinition = (file: string) =>
    /^(gateway\.networking\.k8s|cert-manager)\.io_[a-z]+\.yaml$/.test(file);
  return (await readdir(path)).filter(isDefinition).map((file) => join(path, file));
}
