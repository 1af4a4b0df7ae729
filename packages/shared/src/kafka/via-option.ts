import { UsageError } from "@platform/cli/command";

/** The option `--via` of commands that talk to Kafka. */
export const viaOption = {
  type: "string",
  value: "HOST:PORT",
  description: "reach all brokers at this address, such as that of kubectl port-forward",
} as const;

/**
 * The address of `--via`.
 * @throws UsageError
 */
export function readVia(via: string | undefined): { host: string; port: number } | undefined {
  if (via === undefined) return undefined;
  const [, host, port] = /^([\w.-]+):(\d{1,5})$/.exec(via) ?? [];
  if (host === undefined) throw new UsageError(`--via must be HOST:PORT, not "${via}"`);
  return { host, port: Number(port) };
}
