import { readFlow } from "./canvas.ts";
import { componentName, invalidText } from "./component-text.ts";
import type { NifiClient } from "./nifi-client.ts";
import { isConflict, NifiError } from "./nifi-error.ts";
import { type Startable, startStep } from "./start-step.ts";
import { NotYet, type Waiting } from "./waiting.ts";

/** How long NiFi may find a component invalid before that counts: after a change it looks at others a little later. */
const validationPatience = 6_000;

/**
 * Enables the controller services and starts the processors of a flow, but for what is disabled or off, and waits until
 * they run. Throws a NifiError that names each invalid component and why it is invalid; no processor is started then.
 * @returns whether there was anything to start
 */
export async function startFlow(client: NifiClient, waiting: Waiting, groupId: string): Promise<boolean> {
  let started = false;
  let invalidSince: number | undefined;

  function notValid(parts: readonly Startable[]): NotYet {
    invalidSince ??= Date.now();
    const over = Date.now() - invalidSince >= validationPatience;
    if (over || parts.some(({ component }) => component.extensionMissing))
      throw new NifiError(invalidText(parts));
    return new NotYet(invalidText(parts));
  }

  await waiting.until(async () => {
    const step = startStep(await readFlow(client, groupId));
    if (step.kind === "done") return true;
    if (step.kind === "invalid") return notValid(step.parts);
    invalidSince = undefined;
    const what = step.parts.map(({ component }) => componentName(component)).join(", ");
    if (step.kind === "wait") return new NotYet(what);
    started = true;
    try {
      await (step.kind === "enable" ? enable(client, step.parts) : run(client, groupId, step.parts));
    } catch (error) {
      // What still stops cannot be started yet.
      if (isConflict(error)) return new NotYet((error as Error).message);
      throw error;
    }
    return new NotYet(`${what} to ${step.kind === "enable" ? "be enabled" : "run"}`);
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
