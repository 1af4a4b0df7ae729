// Starters of real services that benchmarks share with the tests. services.mjs bundles this file, because Node.js cannot run
// TypeScript.

export { countDocuments } from "../test/support/elasticsearch/documents.ts";
export { startElasticsearch } from "../test/support/elasticsearch/elasticsearch.ts";
export { startFakeNode } from "../test/support/ethereum/fake-node.ts";
export { hasGo } from "../test/support/ethereum/geth-binaries.ts";
export { startGethNetwork } from "../test/support/ethereum/geth-network.ts";
export { startWeb3 } from "../test/support/ethereum/web3.ts";
export { type SampleTweet, sampleTweets } from "../test/support/functions/tweets.ts";
export { hasMaven } from "../test/support/java/maven.ts";
export { startKafka } from "../test/support/kafka/kafka.ts";
export {
  functionPid,
  putTemplates,
  startConnector,
  startEnrichGateway,
} from "../test/support/kafka/stream.ts";
export { kafkaClient } from "../test/support/kafka/topic-messages.ts";
export { docker, hasDocker } from "../test/support/kubernetes/docker.ts";
export { hasNifi } from "../test/support/nifi/nifi.ts";
export { postTweets, startNifiStage } from "../test/support/nifi/nifi-stage.ts";
export { nodeBinary } from "../test/support/node-binary.ts";
export { hasFaasCli } from "../test/support/openfaas/faas-cli.ts";
export { stackEnvironment, startTemplateHost } from "../test/support/openfaas/template-host.ts";
export { hasTemplates, templates, useTemplates } from "../test/support/openfaas/templates.ts";
export { cached, cacheFolder } from "../test/support/process/cache.ts";
export { succeed } from "../test/support/process/command.ts";
export { probedMemory, readMemory } from "../test/support/process/memory.ts";
export { type StartedProgram, startProgram } from "../test/support/process/program.ts";
export { regressionSlope } from "../test/support/process/slope.ts";
export { hasPython } from "../test/support/python/python.ts";
export { bundleFolder, leanTemplate, node18, root } from "../test/support/repo.ts";
