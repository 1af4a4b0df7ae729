/** The element of a selector; the page has it. */
export function find<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E {
  const element = within.querySelector<E>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}

/** A new element. Strings in it are text, never HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Sets a text, unless it is there already: screen readers read what changes. */
export function put(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** A table of a caption, column heads and rows. */
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

/** Fills a table's place whenever it is to be seen: now if it is open, and when somebody opens it. */
export function whileOpen(place: HTMLElement, make: () => Node): () => void {
  const details = place.closest("details") as HTMLDetailsElement;
  const fill = () => {
    if (details.open) place.replaceChildren(make());
  };
  details.addEventListener("toggle", fill);
  return fill;
}
