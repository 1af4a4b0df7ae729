import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";

const eck = { module: "github.com/elastic/cloud-on-k8s/v3", version: "v3.5.0" };

/** Returns the file with the definition of Elasticsearch from ECK's release, downloaded once on a machine. */
export async function elasticsearchCrd(): Promise<string> {
  const folder = await cached(cacheFolder("elastic-operator", eck.version), async (draft) => {
    const download = await succeed("go", ["mod", "download", "-json", `${eck.module}@${eck.version}`], {
      cwd: draft,
    });
    const file = join(JSON.parse(download).Dir, "config", "crds", "v1", "all-crds.yaml");
    const definition = parseAllDocuments(await readFile(file, "utf8")).find(
      (document) => document.getIn(["spec", "names", "kind"]) === "Elasticsearch",
    );
    await writeFile(join(draft, "elasticsearch.yaml"), String(definition));
  });
  return join(folder, "elasticsearch.yaml");
}
