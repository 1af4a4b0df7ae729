import type { Startable } from "./start-step.ts";

/** The name of a component for users: `Publish (PublishKafka)`. */
export function componentName({ name, type }: { name: string; type?: string }): string {
  const short = type?.split(".").at(-1) ?? "";
  return short === "" || short === name ? name : `${name} (${short})`;
}

/** Lists invalid components with their validation errors. */
export function invalidText(parts: readonly Startable[]): string {
  const lines = parts.map(({ component }) => {
    const reasons = component.validationErrors ?? [];
    return `  ${componentName(component)}: ${reasons.join("; ") || "NiFi gives no reason"}`;
  });
  return `invalid:\n${lines.join("\n")}`;
}
