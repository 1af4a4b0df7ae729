import { find, setText } from "@platform/shared/ui/dom";
import type { DashboardEvents } from "../src/dashboard/view.ts";
import { chainPanel } from "./chain-panel.ts";
import { loadExamples } from "./examples.ts";
import { functionsPanel } from "./functions-panel.ts";
import { healthPanel } from "./health-panel.ts";
import { sentimentPanel } from "./sentiment-panel.ts";

/** What shows the events of each name. */
type Panels = { [Name in keyof DashboardEvents]: (data: DashboardEvents[Name]) => void };

const retryAfter = 5_000;

const panels: Panels = {
  about: ({ version, provider }) => setText(find("#about"), `${provider} · ${version}`),
  functions: functionsPanel(),
  sentiment: sentimentPanel(),
  chain: chainPanel(),
  health: healthPanel(),
};

function listen(): void {
  const events = new EventSource("api/events");
  for (const [name, show] of Object.entries(panels)) {
    events.addEventListener(name, ({ data }) => show(JSON.parse(data)));
  }
  events.addEventListener("open", () => showConnection("live", false));
  events.addEventListener("error", () => {
    showConnection("connection lost, trying again …", true);
    // It tries again by itself, unless the server has refused it.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, retryAfter);
  });
}

function showConnection(text: string, lost: boolean): void {
  setText(find("#connection"), text);
  find("#connection").classList.toggle("down", lost);
  find("#connection").classList.toggle("up", !lost);
}

// Not every browser lets the keyboard into what scrolls.
for (const place of document.querySelectorAll<HTMLElement>(".scroll")) place.tabIndex = 0;
await loadExamples();
listen();
