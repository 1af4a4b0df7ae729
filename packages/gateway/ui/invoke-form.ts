import { element, setText } from "@platform/shared/ui/dom";
import { curlLine, typeOf } from "./curl-line.ts";
import { type Example, examplesOf } from "./examples.ts";
import { prettyJson } from "./pretty-json.ts";

/** More of an answer is cut off: a page is no place for megabytes. */
const mostShown = 100_000;

/** A form that calls a function and shows what it answers, with examples and the same call for a shell. */
export function invokeForm(name: string): HTMLFormElement {
  const examples = examplesOf(name);
  const example = element("select", {}, ...examples.map(({ label }) => element("option", {}, label)));
  const method = element("select", {}, ...["GET", "POST"].map((text) => element("option", {}, text)));
  const query = element("input", { type: "text", autocomplete: "off", spellcheck: false });
  const body = element("textarea", { rows: 3, spellcheck: false });
  const bodyField = field("Body", body);
  const line = element("code");
  const copy = element("button", { type: "button" }, "Copy");
  const invoke = element("button", { type: "submit", className: "main" }, "Invoke");
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const answer = element("pre", { tabIndex: 0, hidden: true });
  answer.setAttribute("aria-label", `What ${name} answered`);

  const call = () => ({ method: method.value as Example["method"], body: body.value });
  const url = () => new URL(`../function/${name}${query.value}`, location.href);

  function changed(): void {
    bodyField.hidden = method.value === "GET";
    setText(line, curlLine(url().href, call()));
  }

  function choose(): void {
    const chosen = examples[example.selectedIndex] as Example;
    method.value = chosen.method;
    query.value = chosen.query;
    body.value = chosen.body;
    changed();
  }

  async function send(): Promise<void> {
    setText(status, "calling …");
    invoke.disabled = true;
    const start = performance.now();
    try {
      const response = await fetch(url(), requestOf(call()));
      const text = await response.text();
      const time = (performance.now() - start).toFixed(1);
      const type = response.headers.get("content-type") ?? "no content type";
      setText(status, `${response.status} ${response.statusText} in ${time} ms, ${type}`);
      status.classList.toggle("down", !response.ok);
      setText(answer, shown(text, type));
      answer.hidden = text === "";
    } catch {
      setText(status, "The gateway does not answer.");
      status.classList.add("down");
    }
    invoke.disabled = false;
  }

  example.addEventListener("change", choose);
  for (const input of [method, query, body]) input.addEventListener("input", changed);
  copy.addEventListener("click", async () => {
    const copied = await navigator.clipboard?.writeText(line.textContent ?? "").then(
      () => true,
      () => false,
    );
    setText(copy, copied ? "Copied" : "Select the line and copy it");
    setTimeout(() => setText(copy, "Copy"), 2_000);
  });
  choose();
  const form = element(
    "form",
    {},
    field("Example", example),
    element("div", { className: "row" }, field("Method", method), field("Path and query", query)),
    bodyField,
    element("div", { className: "row" }, invoke),
    status,
    answer,
    element("div", { className: "curl" }, line, copy),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}

function field(label: string, input: HTMLElement): HTMLLabelElement {
  return element("label", {}, element("span", {}, label), input);
}

function requestOf({ method, body }: Pick<Example, "method" | "body">): RequestInit {
  return method === "GET" ? { method } : { method, body, headers: { "content-type": typeOf(body) } };
}

function shown(text: string, type: string): string {
  const pretty = /\bjson\b/.test(type) ? prettyJson(text) : text;
  return pretty.length <= mostShown
    ? pretty
    : `${pretty.slice(0, mostShown)}\n… ${pretty.length} characters in all`;
}
