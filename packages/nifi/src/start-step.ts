import type { FlowOnCanvas } from "./canvas.ts";
import type { ComponentFacts, Revision } from "./nifi-entities.ts";
import { offGroups } from "./off-groups.ts";

/** A component that can run or be enabled. Ports have no validation status. */
export interface Startable {
  id: string;
  revision: Revision;
  component: Omit<ComponentFacts, "validationStatus" | "extensionMissing"> &
    Partial<Pick<ComponentFacts, "validationStatus" | "extensionMissing">>;
}

/** The next step to make a flow run. */
export type StartStep =
  | { kind: "enable" | "run" | "invalid" | "wait"; parts: readonly Startable[] }
  | { kind: "done" };

/** Selects the components that should run: all except disabled ones and those in groups that are off. */
export function startableParts({ groups, services, processors, ports, contexts }: FlowOnCanvas): {
  services: readonly Startable[];
  runnables: readonly Startable[];
} {
  const off = new Set(offGroups(groups, contexts).map(({ id }) => id));
  const isOn = ({ component }: Startable) => !off.has(component.parentGroupId);
  const runnables = [...processors, ...ports].filter(({ component }) => component.state !== "DISABLED");
  return { services: services.filter(isOn), runnables: runnables.filter(isOn) };
}

/** Determines the next step: first services, which may depend on each other, then all processors and ports at once. */
export function startStep(flow: FlowOnCanvas): StartStep {
  const { services, runnables } = startableParts(flow);
  const all = [...services, ...runnables];
  const missing = all.filter(({ component }) => component.extensionMissing);
  if (missing.length > 0) return { kind: "invalid", parts: missing };

  const pending = services.filter(({ component }) => component.state !== "ENABLED");
  const ready = pending.filter(
    ({ component }) => component.state === "DISABLED" && component.validationStatus === "VALID",
  );
  if (ready.length > 0) return { kind: "enable", parts: ready };
  const moving = pending.filter(
    ({ component }) => component.state !== "DISABLED" || component.validationStatus === "VALIDATING",
  );
  if (moving.length > 0) return { kind: "wait", parts: moving };
  if (pending.length > 0) return { kind: "invalid", parts: pending };

  const unsure = runnables.filter(({ component }) => component.validationStatus === "VALIDATING");
  if (unsure.length > 0) return { kind: "wait", parts: unsure };
  const invalid = runnables.filter(
    ({ component }) =>
      component.validationStatus === "INVALID" ||
      (component.validationStatus === undefined && (component.validationErrors ?? []).length > 0),
  );
  if (invalid.length > 0) return { kind: "invalid", parts: invalid };
  const stopped = runnables.filter(({ component }) => component.state !== "RUNNING");
  return stopped.length > 0 ? { kind: "run", parts: stopped } : { kind: "done" };
}
