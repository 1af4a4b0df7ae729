// The starters of real services that benchmarks share with the tests. Node.js cannot run them as they are:
// services.mjs bundles this file into bench/dist/, a folder as deep as test/services/, so that their own paths hold.

export { succeed } from "../test/services/command.ts";
export { docker, hasDocker } from "../test/services/docker.ts";
export { countDocuments } from "../test/services/documents.ts";
export { startElasticsearch } from "../test/services/elasticsearch.ts";
export { hasFaasCli } from "../test/services/faas-cli.ts";
export { hasGo } from "../test/services/geth-binaries.ts";
export { type StartedGethNetwork, startGethNetwork } from "../test/services/geth-network.ts";
export { startKafka } from "../test/services/kafka.ts";
export { hasMaven } from "../test/services/maven.ts";
export { memoryOf, probedMemory } from "../test/services/memory.ts";
export { hasNifi } from "../test/services/nifi.ts";
export { postTweets, startNifiStage } from "../test/services/nifi-stage.ts";
export { hasPython } from "../test/services/python.ts";
export { distOf, node18, root } from "../test/services/repo.ts";
export { slopeOf } from "../test/services/slope.ts";
export { startStandInNode } from "../test/services/stand-in-node.ts";
export { functionPid, putTemplates, startConnector, startEnrichGateway } from "../test/services/stream.ts";
export { stackEnvironment, startTemplateHost } from "../test/services/template-host.ts";
export { hasTemplates, templates, useTemplates } from "../test/services/templates.ts";
export { kafkaClient } from "../test/services/topic-messages.ts";
export { type KnownTweet, knownTweets } from "../test/services/tweets.ts";
export { startWeb3 } from "../test/services/web3.ts";
