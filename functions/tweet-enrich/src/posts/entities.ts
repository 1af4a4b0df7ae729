const characters: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Decodes the entities `&amp;`, `&lt;` and `&gt;` of Twitter's API. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => characters[entity]!);
}
