import { externalElasticsearch, externalKafka } from "./external-services.ts";

/** `it` for tests that kill a service: a named skip where the service is not theirs to kill. */
export const itKillsKafka = externalKafka() === undefined ? it : it.skip;
/** The same for Elasticsearch. */
export const itKillsElasticsearch = externalElasticsearch() === undefined ? it : it.skip;
