import { configReader } from "@platform/shared/config/config-reader";
import { setting } from "@platform/shared/config/setting";
import { folder, httpUrl } from "@platform/shared/config/settings";
import {
  elasticsearchProblems,
  elasticsearchSettings,
} from "@platform/shared/elasticsearch/elasticsearch-settings";

/** The settings of `npm run documents`. */
export const documentsSettings = {
  ...elasticsearchSettings,
  ELASTICSEARCH_URL: setting("Elasticsearch with the documents", httpUrl()),
  SECRETS_DIR: setting("folder with a file for each secret", folder(".secrets")),
};

export const readDocumentsConfig = configReader(documentsSettings, elasticsearchProblems);
