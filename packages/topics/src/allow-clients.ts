import { readFileSync } from "node:fs";
import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import { exitWithError } from "@platform/shared/service/exit-with-error";
import type { AclEntry } from "kafkajs";
import { parseRights } from "./access-rights.ts";
import { readTopicsConfig, type TopicsConfig } from "./config.ts";

const timeLimitMs = 300_000;

/**
 * The program of the Job in deploy/components/store-logins. It adds the rights of files to Kafka's access control list, and retries
 * for five minutes. It keeps existing rights.
 */
async function main(files: readonly string[]): Promise<void> {
  const rights = files.flatMap((file) => parseRights(readFileSync(file, "utf8")));
  const config = readTopicsConfig();
  await retry(() => add(config, rights), {
    signal: AbortSignal.timeout(timeLimitMs),
    onRetry: (error, { tries }) => {
      if (tries % 10 === 1) console.error(`allow-clients: ${describeError(error).message}; retrying`);
    },
  }).catch((error: unknown) => {
    throw kafkaError(config, error);
  });
  console.log(`${rights.length} rights`);
}

async function add(config: TopicsConfig, acl: AclEntry[]): Promise<void> {
  const admin = (await createKafka({ clientId: "allow-clients", config })).admin();
  await admin.connect();
  try {
    await admin.createAcls({ acl });
  } finally {
    await admin.disconnect();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => exitWithError({ name: "allow-clients" }, error));
