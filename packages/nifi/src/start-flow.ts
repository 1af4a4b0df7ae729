import { readFlow } from "./canvas.ts";
import { componentName, invalidText } from "./component-text.ts";
import type { NifiClient } from "./nifi-client.ts";
import { isConflict, NifiError } from "./nifi-error.ts";
import { type Startable, startStep } from "./start-step.ts";
import { Pending, type Waiting } from "./waiting.ts";

/** How long an invalid component is tolerated, because NiFi validates components asynchronously after a change. */
const validationGraceMs = 6_000;

/**
 * Enables the controller services and starts the processors of a flow, except for disabled components and groups that are
 * off, and waits until they run.
 * @returns whether there was anything to start
 * @throws NifiError with each invalid component and its errors; no processor is started then
 */
export async function startFlow(client: NifiClient, waiting: Waiting, groupId: string): Promise<boolean> {
  let started = false;
  let invalidSince: number | undefined;

  function toPending(parts: readonly Startable[]): Pending {
    invalidSince ??= Date.now();
    const isFinal = Date.now() - invalidSince >= validationGraceMs;
    if (isFinal || parts.some(({ component }) => component.extensionMissing))
      throw new NifiError(invalidText(parts));
    return new Pending(invalidText(parts));
  }

  await waiting.until(async () => {
    const step = startStep(await readFlow(client, groupId));
    if (step.kind === "done") return true;
    if (step.kind === "invalid") return toPending(step.parts);
    invalidSince = undefined;
    const names = step.parts.map(({ component }) => componentName(component)).join(", ");
    if (step.kind === "wait") return new Pending(names);
    started = true;
    try {
      await (step.kind === "enable" ? enable(client, step.parts) : run(client, groupId, step.parts));
    } catch (error) {
      // A component that is still stopping cannot be started yet.
      if (isConflict(error)) return new Pending((error as Error).message);
      throw error;
    }
    return new Pending(`${names} to ${step.kind === "enable" ? "be enabled" : "run"}`);
  });
  return started;
}

async function enable(client: NifiClient, services: readonly Startable[]): Promise<void> {
  for (const { id, revision } of services)
    await client.put(`controller-services/${id}/run-status`, { revision, state: "ENABLED" });
}

async function run(client: NifiClient, groupId: string, parts: readonly Startable[]): Promise<void> {
  const components = Object.fromEntries(parts.map(({ id, revision }) => [id, revision]));
  await client.put(`flow/process-groups/${groupId}`, { id: groupId, state: "RUNNING", components });
}
