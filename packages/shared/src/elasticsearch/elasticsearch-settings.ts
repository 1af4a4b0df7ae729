import * as v from "valibot";
import { setting } from "../config/setting.ts";
import { httpUrl, secretName } from "../config/settings.ts";

/** The connection settings of every program that uses Elasticsearch. */
export const elasticsearchSettings = {
  ELASTICSEARCH_URL: setting("Elasticsearch", v.optional(httpUrl()), { unset: "not used" }),
  ELASTICSEARCH_API_KEY_SECRET_NAME: setting(
    "secret with an API key; excludes ELASTICSEARCH_BASIC_SECRET_NAME",
    secretName(),
  ),
  ELASTICSEARCH_BASIC_SECRET_NAME: setting("secret with user:password", secretName()),
  ELASTICSEARCH_CA_SECRET_NAME: setting(
    "secret with the certificates (PEM) of the authority that signed Elasticsearch's",
    secretName(),
    { unset: "the system's authorities" },
  ),
};

/** The parsed elasticsearchSettings, and the folder of the secrets. */
export interface ElasticsearchConfig {
  SECRETS_DIR: string;
  ELASTICSEARCH_URL?: string | undefined;
  ELASTICSEARCH_API_KEY_SECRET_NAME?: string | undefined;
  ELASTICSEARCH_BASIC_SECRET_NAME?: string | undefined;
  ELASTICSEARCH_CA_SECRET_NAME?: string | undefined;
}

/** The problems in a combination of settings that are each valid. */
export function elasticsearchProblems(config: ElasticsearchConfig): string[] {
  const { ELASTICSEARCH_API_KEY_SECRET_NAME: apiKey, ELASTICSEARCH_BASIC_SECRET_NAME: basic } = config;
  return apiKey !== undefined && basic !== undefined
    ? ["ELASTICSEARCH_API_KEY_SECRET_NAME and ELASTICSEARCH_BASIC_SECRET_NAME exclude each other"]
    : [];
}
