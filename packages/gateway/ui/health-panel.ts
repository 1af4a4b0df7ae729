import { element, find, setText } from "@platform/shared/ui/dom";
import type { DependencyView } from "../src/dashboard/view.ts";

/** The dependency that a section shows. */
const sections = { Elasticsearch: "#sentiment", Ethereum: "#chain" } as const;

/** Shows what the platform works with and how that is; returns its update function. */
export function healthPanel(): (views: readonly DependencyView[]) => void {
  return (views) => {
    find("#health-list").replaceChildren(...views.map(item));
    showOrigin(views);
    for (const [name, selector] of Object.entries(sections)) {
      const view = views.find((one) => one.name === name);
      if (view !== undefined) showProblem(find(selector), view);
    }
  };
}

function item({ name, setting, kind, place, state, detail }: DependencyView): HTMLLIElement {
  const text = [kind === "embedded" ? `embedded: ${place}` : place, detail]
    .filter((part) => part !== "")
    .join(" · ");
  const words = { up: "up", down: "down", checking: "checking …", off: "not set" };
  return element(
    "li",
    {},
    element("strong", {}, name),
    element("span", { className: `state ${state}` }, words[state]),
    element("span", { className: "detail" }, text),
    element("code", { className: "setting" }, setting),
  );
}

/** What of the page is real and what is not. */
function showOrigin(views: readonly DependencyView[]): void {
  const embedded = views.filter(({ kind }) => kind === "embedded");
  const real = views.filter(({ kind, name }) => kind === "real" && name !== "Functions");
  const parts = [
    ...(embedded.length === 0
      ? []
      : [
          `Embedded: ${embedded.map(({ name, setting }) => `${name} (${setting} would name a real one)`).join(", ")}.`,
        ]),
    ...(embedded.some(({ name }) => name === "Elasticsearch")
      ? ["Its posts are invented, but scored by the real function tweet-enrich."]
      : []),
    real.length === 0
      ? "The functions are real."
      : `Real: the functions, ${real.map(({ name }) => name).join(", ")}.`,
  ];
  setText(find("#origin"), parts.join(" "));
  find("#origin").hidden = false;
}

function showProblem(section: HTMLElement, { name, setting, state, detail }: DependencyView): void {
  const problem = find(".problem", section);
  const texts = {
    up: "",
    checking: "",
    off: `${setting} is not set.`,
    down: `${name} does not answer; what you see is what was last known. ${detail}`,
  };
  setText(problem, texts[state]);
  problem.hidden = texts[state] === "";
  section.classList.toggle("stale", state === "down");
}
