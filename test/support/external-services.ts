/** The brokers of a Kafka that runs already (`KAFKA_BROKERS`), such as a workflow's service container. */
export function externalKafka(): string | undefined {
  const { KAFKA_BROKERS: brokers } = process.env;
  if (!brokers) return undefined;
  for (const broker of brokers.split(",")) requireLoopback("KAFKA_BROKERS", `kafka://${broker}`);
  return brokers;
}

/** The URL of an Elasticsearch that runs already (`ELASTICSEARCH_URL`), without the slash at its end. */
export function externalElasticsearch(): string | undefined {
  const { ELASTICSEARCH_URL: url } = process.env;
  if (!url) return undefined;
  requireLoopback("ELASTICSEARCH_URL", url);
  return url.replace(/\/$/, "");
}

/** Tests write and delete: a setting meant for `npm start` must not lead them to a shared service. */
function requireLoopback(setting: string, url: string): void {
  const { hostname } = new URL(url);
  if (["127.0.0.1", "localhost", "[::1]"].includes(hostname)) return;
  throw new Error(
    `${setting} names ${hostname}; tests write to it and delete from it, so they accept only a service on this machine. Unset ${setting} to let them start their own.`,
  );
}
