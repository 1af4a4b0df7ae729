import { readFlow } from "./canvas.ts";
import { componentName } from "./component-text.ts";
import type { NifiClient } from "./nifi-client.ts";
import { Pending, type Waiting } from "./waiting.ts";

/**
 * Stops the processors and ports of a flow and waits for their last threads. Controller services stay enabled.
 * @returns whether there was anything to stop
 */
export async function stopFlow(client: NifiClient, waiting: Waiting, groupId: string): Promise<boolean> {
  let stopped = false;
  await waiting.until(async () => {
    const { processors, ports } = await readFlow(client, groupId);
    if ([...processors, ...ports].some(({ component }) => component.state === "RUNNING")) {
      await client.put(`flow/process-groups/${groupId}`, { id: groupId, state: "STOPPED" });
      stopped = true;
    }
    const busy = processors.filter(
      ({ component, status }) =>
        component.state === "RUNNING" || status.aggregateSnapshot.activeThreadCount > 0,
    );
    if (busy.length === 0) return true;
    return new Pending(`${busy.map(({ component }) => componentName(component)).join(", ")} to stop`);
  });
  return stopped;
}
