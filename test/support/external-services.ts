/** Returns the brokers of a running Kafka (`KAFKA_BROKERS`), such as a workflow's service container. */
export function externalKafka(): string | undefined {
  const { KAFKA_BROKERS: brokers } = process.env;
  if (!brokers) return undefined;
  for (const broker of brokers.split(",")) requireLoopback("KAFKA_BROKERS", `kafka://${broker}`);
  return brokers;
}

/** Returns the URL of a running Elasticsearch (`ELASTICSEARCH_URL`), without a trailing slash. */
export function externalElasticsearch(): string | undefined {
  const { ELASTICSEARCH_URL: url } = process.env;
  if (!url) return undefined;
  requireLoopback("ELASTICSEARCH_URL", url);
  return url.replace(/\/$/, "");
}

/** Tests write and delete data, so a setting for `npm start` must not point them at a shared service. */
function requireLoopback(setting: string, url: string): void {
  const { hostname } = new URL(url);
  if (["127.0.0.1", "localhost", "[::1]"].includes(hostname)) return;
  throw new Error(
    `${setting} names ${hostname}; tests write to it and delete from it, so they accept only a service on this machine. Unset ${setting} to let them start their own.`,
  );
}
