import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElasticsearchSecrets } from "@platform/secrets/elasticsearch";
import { parse } from "yaml";
import { root } from "../repo.ts";
import { type StartedElasticsearch, startElasticsearch } from "./elasticsearch.ts";

const logins = join(root, "deploy", "components", "store-logins", "elasticsearch");

/** Starts one node with HTTPS, and with the users and roles of components/store-logins. */
export function startSecuredElasticsearch({ files }: ElasticsearchSecrets): Promise<StartedElasticsearch> {
  const manifest = files.find(({ path }) => path === "kubernetes-stores/elasticsearch.yaml")!;
  const secret: Record<string, string> = parse(manifest.text).stringData;
  return startElasticsearch({
    settings: { "xpack.security.enabled": "true" },
    certificates: { ca: secret["ca.crt"]!, certificate: secret["tls.crt"]!, key: secret["tls.key"]! },
    prepare: async (config) => {
      await writeFile(join(config, "users"), secret.users!);
      for (const file of ["roles.yml", "users_roles"]) await copyFile(join(logins, file), join(config, file));
    },
  });
}
