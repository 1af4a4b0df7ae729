import { isDeepStrictEqual } from "node:util";
import type { Environment } from "@platform/shared/config/config-reader";
import { alignedFlow } from "./aligned-flow.ts";
import { findGroup, readDescriptors, readFlow, readRootGroups } from "./canvas.ts";
import type { FlowDefinition } from "./flow-definition.ts";
import type { FlowFile } from "./flow-file.ts";
import type { NifiClient } from "./nifi-client.ts";
import type { GroupEntity } from "./nifi-entities.ts";
import { offGroups, offText } from "./off-groups.ts";
import { runRequest } from "./run-request.ts";
import { setParameters } from "./set-parameters.ts";
import { startFlow } from "./start-flow.ts";
import type { Waiting } from "./waiting.ts";

/** The dependencies of a command. */
export interface CommandContext {
  client: NifiClient;
  waiting: Waiting;
  env: Environment;
  say: (line: string) => void;
}

/** Creates or updates a flow from its file, sets its parameters and starts it, except for groups that are off. Idempotent. */
export async function deployFlow(context: CommandContext, file: FlowFile): Promise<void> {
  const { client, waiting, env, say } = context;
  const { name, definition } = file;
  const existing = await waiting.until(() => findGroup(client, name));
  const group = existing ?? (await create(context, file));
  const changed = await setParameters(client, waiting, definition, env);
  if (changed.length > 0) say(`${name}: set ${changed.join(", ")}`);
  const updated = existing !== undefined && (await update(context, file, existing));
  const started = await startFlow(client, waiting, group.id);
  const unchanged = existing !== undefined && changed.length === 0 && !updated && !started;
  say(`${name}: ${unchanged ? "nothing to change, it runs" : "runs"}`);
  const flow = await readFlow(client, group.id);
  for (const off of offGroups(flow.groups, flow.contexts)) say(`  ${offText(off)}`);
}

async function create({ client, waiting, say }: CommandContext, file: FlowFile): Promise<GroupEntity> {
  const { name, definition } = file;
  say(`${name}: not on the canvas of ${client.host} yet, uploading it …`);
  const others = await waiting.until(() => readRootGroups(client));
  const right = Math.max(-groupWidth, ...others.map(({ position }) => position.x));
  const form = new FormData();
  form.set("groupName", name);
  form.set("positionX", String(right + groupWidth));
  form.set("positionY", "0");
  form.set("clientId", client.clientId);
  form.set("file", new Blob([JSON.stringify(definition)], { type: "application/json" }), "flow.json");
  return waiting.until(() => client.post<GroupEntity>("process-groups/root/process-groups/upload", form));
}

/** The distance between groups on the canvas, in pixels. */
const groupWidth = 500;

/** Replaces the contents of the group when they differ from the file. @returns whether it did */
async function update(
  { client, waiting, say }: CommandContext,
  { name, definition }: FlowFile,
  { id }: GroupEntity,
): Promise<boolean> {
  const onCanvas = await waiting.until(() => canvasAsFile(client, id, definition));
  if (isDeepStrictEqual(onCanvas, definition)) return false;
  say(`${name}: differs from its file, updating it …`);
  const path = `process-groups/${id}`;
  await runRequest(client, waiting, {
    description: `updating ${name}`,
    path: `${path}/replace-requests`,
    requests: "process-groups/replace-requests",
    body: async () => ({
      processGroupRevision: (await client.get<GroupEntity>(path)).revision,
      versionedFlowSnapshot: definition,
    }),
  });
  return true;
}

/** Downloads a group of the canvas, aligned with the file. */
export async function canvasAsFile(
  client: NifiClient,
  id: string,
  file: FlowDefinition,
): Promise<FlowDefinition> {
  const downloaded = await client.get<FlowDefinition>(`process-groups/${id}/download`);
  return alignedFlow(downloaded, file, readDescriptors(await readFlow(client, id)));
}
