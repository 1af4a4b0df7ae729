import { element, find } from "@platform/shared/ui/dom";

/** Shows the link to the console if CONSOLE_PAGE is set. */
export async function showLinks(): Promise<void> {
  const response = await fetch("api/links").catch(() => undefined);
  if (!response?.ok) return;
  const { console: href } = (await response.json()) as { console: string | null };
  if (href === null) return;
  const container = find("#links");
  container.replaceChildren(element("a", { href }, "Console"));
  container.hidden = false;
}
