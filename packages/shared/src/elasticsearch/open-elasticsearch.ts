import type { Client } from "@elastic/elasticsearch";
import { readCredentials } from "../auth/credentials.ts";
import { readSecret } from "../auth/secret-file.ts";
import type { ElasticsearchConfig } from "./elasticsearch-settings.ts";

/** A client on the settings, its secrets read anew; nothing is connected yet. The client library is loaded only here. */
export async function openElasticsearch(node: string, config: ElasticsearchConfig): Promise<Client> {
  const [elasticsearch, auth, tls] = await Promise.all([
    import("@elastic/elasticsearch"),
    authOf(config),
    tlsOf(config),
  ]);
  // Whether and when it tries again is the caller's affair.
  return new elasticsearch.Client({ node, maxRetries: 0, enableMetaHeader: false, ...auth, ...tls });
}

async function authOf(config: ElasticsearchConfig) {
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

async function tlsOf({ ELASTICSEARCH_CA_SECRET_NAME: secret, SECRETS_DIR: folder }: ElasticsearchConfig) {
  if (secret === undefined) return {};
  return { tls: { ca: await readSecret({ folder, setting: "ELASTICSEARCH_CA_SECRET_NAME", secret }) } };
}
