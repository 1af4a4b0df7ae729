/**
 * Returns the first element that matches a selector.
 * @throws Error when the page has no such element
 */
export function find<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
  const match = within.querySelector<E>(selector);
  if (match === null) throw new Error(`the page has no ${selector}`);
  return match;
}

/** Creates an element. Strings among the children become text, never HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children);
  return created;
}

/** Sets a text only if it differs, so selections survive, and screen readers announce only changes. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Creates a table of a caption, column headings and rows. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((text) => element("td", {}, text))));
  return element(
    "table",
    {},
    element("caption", { className: "unseen" }, caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
}

/** Returns a function that renders content into a container in `<details>` while they are open. Opening them renders it too. */
export function whileOpen(container: HTMLElement, make: () => Node): () => void {
  const details = container.closest("details") as HTMLDetailsElement;
  const fill = () => {
    if (details.open) container.replaceChildren(make());
  };
  details.addEventListener("toggle", fill);
  return fill;
}
