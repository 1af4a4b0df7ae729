import { isDeepStrictEqual } from "node:util";
import type { Environment } from "@platform/shared/config/config-reader";
import { alignedFlow } from "./aligned-flow.ts";
import { descriptorsOf, findGroup, groupsOfRoot, readFlow } from "./canvas.ts";
import type { FlowDefinition } from "./flow-definition.ts";
import type { FlowFile } from "./flow-file.ts";
import type { NifiClient } from "./nifi-client.ts";
import type { GroupEntity } from "./nifi-entities.ts";
import { offGroups, offText } from "./off-groups.ts";
import { runRequest } from "./run-request.ts";
import { setParameters } from "./set-parameters.ts";
import { startFlow } from "./start-flow.ts";
import type { Waiting } from "./waiting.ts";

/** What a command needs. */
export interface CommandContext {
  client: NifiClient;
  waiting: Waiting;
  env: Environment;
  say: (line: string) => void;
}

/** Brings a flow onto the canvas as its file has it, sets its parameters and starts it, but for its groups that are off; what is so already stays. */
export async function deployFlow(context: CommandContext, file: FlowFile): Promise<void> {
  const { client, waiting, env, say } = context;
  const { name, definition } = file;
  const found = await waiting.until(() => findGroup(client, name));
  const group = found ?? (await create(context, file));
  const changed = await setParameters(client, waiting, definition, env);
  if (changed.length > 0) say(`${name}: set ${changed.join(", ")}`);
  const updated = found !== undefined && (await update(context, file, found));
  const started = await startFlow(client, waiting, group.id);
  const nothing = found !== undefined && changed.length === 0 && !updated && !started;
  say(`${name}: ${nothing ? "nothing to change, it runs" : "runs"}`);
  const flow = await readFlow(client, group.id);
  for (const off of offGroups(flow.groups, flow.contexts)) say(`  ${offText(off)}`);
}

async function create({ client, waiting, say }: CommandContext, file: FlowFile): Promise<GroupEntity> {
  const { name, definition } = file;
  say(`${name}: is not on the canvas of ${client.host} yet, uploading it …`);
  const others = await waiting.until(() => groupsOfRoot(client));
  const right = Math.max(-groupWidth, ...others.map(({ position }) => position.x));
  const form = new FormData();
  form.set("groupName", name);
  form.set("positionX", String(right + groupWidth));
  form.set("positionY", "0");
  form.set("clientId", client.clientId);
  form.set("file", new Blob([JSON.stringify(definition)], { type: "application/json" }), "flow.json");
  return waiting.until(() => client.post<GroupEntity>("process-groups/root/process-groups/upload", form));
}

/** How far apart groups stand on the canvas, in pixels. */
const groupWidth = 500;

/** Replaces what the group has when the file has something else; gives whether it did. */
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
    what: `updating ${name}`,
    path: `${path}/replace-requests`,
    requests: "process-groups/replace-requests",
    body: async () => ({
      processGroupRevision: (await client.get<GroupEntity>(path)).revision,
      versionedFlowSnapshot: definition,
    }),
  });
  return true;
}

/** What a group of the canvas has, written as the file writes it. */
export async function canvasAsFile(
  client: NifiClient,
  id: string,
  file: FlowDefinition,
): Promise<FlowDefinition> {
  const downloaded = await client.get<FlowDefinition>(`process-groups/${id}/download`);
  return alignedFlow(downloaded, file, descriptorsOf(await readFlow(client, id)));
}
