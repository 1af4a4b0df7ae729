import { getEventListeners } from "node:events";
import { createServer } from "node:net";
import { createLogger } from "@platform/shared/log/logger";
import { Kafka, logLevel } from "kafkajs";
import { DrainingDeliveries } from "./draining-deliveries.ts";
import { runGroupMember } from "./group-member.ts";

/** The address of a broker that has stopped. */
async function startUnreachableBroker(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

it("leaves no listener on the signal and logs no warning after repeated failures", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on("warning", onWarning);
  const brokers = [await startUnreachableBroker()];
  const { signal } = new AbortController();
  const options = {
    topics: ["orders"],
    groupId: "group",
    sessionTimeout: 10_000,
    batchSize: 1,
    batchBytes: 1_000,
    startBatch: () => () => true,
    open: async () => new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 0 } }),
    deliver: async () => undefined,
    log: createLogger("test", "silent"),
  };
  const context = { draining: new DrainingDeliveries(), onJoined: () => undefined };
  for (let restarts = 0; restarts < 12; restarts++) {
    await expect(runGroupMember(options, context, signal)).rejects.toThrow("ECONNREFUSED");
  }
  process.off("warning", onWarning);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(warnings).toEqual([]);
});
