const characters: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** A text in which Twitter's API has written `&`, `<` and `>` as entities, as its reader sees it. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => characters[entity]!);
}
