import type { Client } from "@elastic/elasticsearch";
import { readCredentials } from "../auth/credentials.ts";
import { readSecret } from "../auth/secret-file.ts";
import type { ElasticsearchConfig } from "./elasticsearch-settings.ts";

/** Creates a client with the current secrets, which connects at its first request. Only this function loads the client library. */
export async function openElasticsearch(node: string, config: ElasticsearchConfig): Promise<Client> {
  const [elasticsearch, auth, tls] = await Promise.all([
    import("@elastic/elasticsearch"),
    readAuth(config),
    readTls(config),
  ]);
  // The caller decides about retries.
  return new elasticsearch.Client({ node, maxRetries: 0, enableMetaHeader: false, ...auth, ...tls });
}

async function readAuth(config: ElasticsearchConfig) {
  const { ELASTICSEARCH_API_KEY_SECRET_NAME: apiKey, ELASTICSEARCH_BASIC_SECRET_NAME: basic } = config;
  const { SECRETS_DIR: folder } = config;
  if (apiKey !== undefined) {
    const setting = "ELASTICSEARCH_API_KEY_SECRET_NAME";
    return { auth: { apiKey: await readSecret({ folder, setting, secret: apiKey }) } };
  }
  if (basic === undefined) return {};
  const setting = "ELASTICSEARCH_BASIC_SECRET_NAME";
  return { auth: await readCredentials({ folder, setting, secret: basic }) };
}

async function readTls({ ELASTICSEARCH_CA_SECRET_NAME: secret, SECRETS_DIR: folder }: ElasticsearchConfig) {
  if (secret === undefined) return {};
  return { tls: { ca: await readSecret({ folder, setting: "ELASTICSEARCH_CA_SECRET_NAME", secret }) } };
}
