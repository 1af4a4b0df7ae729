import { element, find, setText } from "@platform/shared/ui/dom";
import type { FunctionView } from "../src/dashboard/view.ts";
import { countText, millisecondText, timeText } from "./format.ts";
import { invokeForm } from "./invoke-form.ts";

/** Shows the functions, each with a form to call it; returns its update function. */
export function functionsPanel(): (views: readonly FunctionView[]) => void {
  const list = find("#function-list");
  const cards = new Map<string, Card>();
  return (views) => {
    find("#no-functions").hidden = views.length > 0;
    for (const [name, card] of cards) {
      if (views.some((view) => view.name === name)) continue;
      card.root.remove();
      cards.delete(name);
    }
    views.forEach((view, place) => {
      const card = cards.get(view.name) ?? newCard(view);
      // One form to see that there are forms.
      if (cards.size === 0) card.root.open = true;
      cards.set(view.name, card);
      if (list.children[place] !== card.root) list.insertBefore(card.root, list.children[place] ?? null);
      fill(card, view);
    });
  };
}

/** A function's place: its summary, and the form that opens below. */
interface Card {
  root: HTMLDetailsElement;
  state: HTMLElement;
  calls: HTMLElement;
  description: HTMLElement;
  /** What `npm run dev` did last. */
  build: HTMLElement;
}

function newCard({ name }: FunctionView): Card {
  const state = element("span", { className: "state" });
  const calls = element("span", { className: "calls quiet" });
  const build = element("span", { className: "build", role: "status" });
  const summary = element("summary", {}, element("strong", {}, name), " ", state, " ", build, " ", calls);
  const description = element("p", { className: "quiet" });
  const root = element("details", { className: "function" }, summary, description, invokeForm(name));
  root.dataset.name = name;
  return { root, state, calls, description, build };
}

function stateText({ wanted, available }: FunctionView["replicas"]): string {
  if (available > 0) return `up, ${available} of ${wanted}`;
  return wanted > 0 ? `not up, 0 of ${wanted}` : "at zero; a call starts it";
}

function fill(card: Card, { description, replicas, invocations, latest, build }: FunctionView): void {
  const { state, calls } = card;
  const { wanted, available } = replicas;
  // A deploy may change it.
  setText(card.description, description);
  card.description.hidden = description === "";
  setText(state, stateText(replicas));
  state.classList.toggle("down", available === 0 && wanted > 0);
  const times =
    latest === null
      ? ""
      : ` · median ${millisecondText(latest.p50)}, 95 % within ${millisecondText(latest.p95)}`;
  const failed =
    latest === null || latest.failed === 0 ? "" : ` · ${latest.failed} of ${latest.calls} failed`;
  setText(calls, `${countText(invocations)} calls${times}${failed}`);
  const reloaded = build?.reloadedAt ? `reloaded at ${timeText(build.reloadedAt)}` : "";
  setText(card.build, build?.problem || reloaded);
  card.build.classList.toggle("bad", !!build?.problem);
}
