import { getGroup, readFlow } from "./canvas.ts";
import { componentName } from "./component-text.ts";
import type { CommandContext } from "./deploy-flow.ts";
import type { FlowFile } from "./flow-file.ts";
import type { NifiClient } from "./nifi-client.ts";
import { offGroups, offText } from "./off-groups.ts";
import { startableParts } from "./start-step.ts";

/** A connection in NiFi's status. */
interface ConnectionSnapshot {
  sourceName: string;
  destinationName: string;
  name: string;
  flowFilesQueued: number;
  queuedSize: string;
}

interface GroupSnapshot {
  queued: string;
  connectionStatusSnapshots: readonly { connectionStatusSnapshot: ConnectionSnapshot }[];
  processGroupStatusSnapshots: readonly { processGroupStatusSnapshot: GroupSnapshot }[];
}

interface Bulletin {
  timestamp: string;
  bulletin?: { sourceName: string; level: string; message: string };
}

const bulletinLimit = 10;

/** Prints whether a flow runs, its queues and its bulletins. @returns whether everything runs */
export async function flowStatus({ client, say }: CommandContext, { name }: FlowFile): Promise<boolean> {
  const { id } = await getGroup(client, name);
  const flow = await readFlow(client, id);
  const { services, runnables } = startableParts(flow);
  const invalid = [...services, ...runnables].filter(
    ({ component }) => component.validationStatus === "INVALID",
  );
  const stopped = [
    ...services.filter(({ component }) => component.state !== "ENABLED"),
    ...runnables.filter(({ component }) => component.state !== "RUNNING"),
  ].filter((part) => !invalid.includes(part));
  const runs = invalid.length === 0 && stopped.length === 0;
  say(
    `${name}: ${runs ? "runs" : `${stopped.length + invalid.length} of ${services.length + runnables.length} do not run`}`,
  );
  for (const { component } of invalid)
    say(`  invalid: ${componentName(component)}: ${(component.validationErrors ?? []).join("; ")}`);
  for (const { component } of runs ? [] : stopped)
    say(`  ${component.state.toLowerCase()}: ${componentName(component)}`);
  for (const group of offGroups(flow.groups, flow.contexts)) say(`  ${offText(group)}`);
  await printQueues(client, id, say);
  await printBulletins(
    client,
    flow.groups.map((group) => group.id),
    say,
  );
  return runs;
}

async function printQueues(client: NifiClient, id: string, say: CommandContext["say"]): Promise<void> {
  const { processGroupStatus } = await client.get<{
    processGroupStatus: { aggregateSnapshot: GroupSnapshot };
  }>(`flow/process-groups/${id}/status?recursive=true`);
  const { aggregateSnapshot } = processGroupStatus;
  say(`  queued: ${aggregateSnapshot.queued}`);
  for (const { sourceName, name, destinationName, flowFilesQueued, queuedSize } of collectConnections(
    aggregateSnapshot,
  ))
    if (flowFilesQueued > 0)
      say(
        `    ${flowFilesQueued} (${queuedSize}): ${sourceName} → ${name && `${name} → `}${destinationName}`,
      );
}

function collectConnections(group: GroupSnapshot): ConnectionSnapshot[] {
  return [
    ...group.connectionStatusSnapshots.map(({ connectionStatusSnapshot }) => connectionStatusSnapshot),
    ...group.processGroupStatusSnapshots.flatMap(({ processGroupStatusSnapshot }) =>
      collectConnections(processGroupStatusSnapshot),
    ),
  ];
}

/** Prints the latest bulletins; NiFi keeps them for five minutes. */
async function printBulletins(
  client: NifiClient,
  groupIds: readonly string[],
  say: CommandContext["say"],
): Promise<void> {
  const { bulletinBoard } = await client.get<{ bulletinBoard: { bulletins: readonly Bulletin[] } }>(
    `flow/bulletin-board?groupId=${groupIds.join("|")}&limit=${bulletinLimit}`,
  );
  // A bulletin of a component that this user may not read has no text.
  for (const { timestamp, bulletin } of bulletinBoard.bulletins)
    if (bulletin !== undefined)
      say(`  ${timestamp} ${bulletin.level} ${bulletin.sourceName}: ${bulletin.message}`);
}
