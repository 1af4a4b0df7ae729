import * as v from "valibot";
import { httpUrl, secretName } from "../config/settings.ts";

/** How to reach Elasticsearch: the settings of all that talk to it. */
export const elasticsearchSettings = {
  /** Where it is; unset: nowhere. */
  ELASTICSEARCH_URL: v.optional(httpUrl()),
  /** The secret with an API key. */
  ELASTICSEARCH_API_KEY_SECRET_NAME: secretName(),
  /** The secret with user:password. */
  ELASTICSEARCH_BASIC_SECRET_NAME: secretName(),
  /** The secret with the certificates (PEM) that sign Elasticsearch's. */
  ELASTICSEARCH_CA_SECRET_NAME: secretName(),
};

/** What elasticsearchSettings become, and where the secrets are. */
export interface ElasticsearchConfig {
  SECRETS_DIR: string;
  ELASTICSEARCH_URL?: string | undefined;
  ELASTICSEARCH_API_KEY_SECRET_NAME?: string | undefined;
  ELASTICSEARCH_BASIC_SECRET_NAME?: string | undefined;
  ELASTICSEARCH_CA_SECRET_NAME?: string | undefined;
}

/** What is wrong with them together. */
export function elasticsearchProblems(config: ElasticsearchConfig): string[] {
  const { ELASTICSEARCH_API_KEY_SECRET_NAME: apiKey, ELASTICSEARCH_BASIC_SECRET_NAME: basic } = config;
  return apiKey !== undefined && basic !== undefined
    ? ["ELASTICSEARCH_API_KEY_SECRET_NAME and ELASTICSEARCH_BASIC_SECRET_NAME exclude each other"]
    : [];
}

/** What `--help` says of them. */
export const elasticsearchUsage = `  ELASTICSEARCH_URL        where it is
  ELASTICSEARCH_API_KEY_SECRET_NAME  the secret with an API key
  ELASTICSEARCH_BASIC_SECRET_NAME    or the secret with user:password
  ELASTICSEARCH_CA_SECRET_NAME       the secret with the certificates (PEM) that sign Elasticsearch's (default: the system's)`;
