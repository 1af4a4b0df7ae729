import type { Startable } from "./start-step.ts";

/** What a user knows a component by: `Publish (PublishKafka)`. */
export function componentName({ name, type }: { name: string; type?: string }): string {
  const short = type?.split(".").at(-1) ?? "";
  return short === "" || short === name ? name : `${name} (${short})`;
}

/** Says of components that they are invalid, and why each of them is. */
export function invalidText(parts: readonly Startable[]): string {
  const lines = parts.map(({ component }) => {
    const reasons = component.validationErrors ?? [];
    return `  ${componentName(component)}: ${reasons.join("; ") || "NiFi does not say why"}`;
  });
  return `invalid:\n${lines.join("\n")}`;
}
