import type { DocumentKey } from "../console/documents/document-store.ts";
import type { NewDocument } from "./embedded-store.ts";

/** One action of a bulk request. */
export type BulkAction =
  | { name: "create" | "index"; document: NewDocument }
  | { name: "delete"; document: DocumentKey };

/**
 * Parses the actions of a bulk request: `create`, `index` with an external version, and `delete`.
 * @throws SyntaxError, TypeError for anything else
 */
export function parseBulkBody(body: string): BulkAction[] {
  const lines = body.split("\n").filter((line) => line !== "");
  const actions: BulkAction[] = [];
  for (let index = 0; index < lines.length; index++) {
    const action = JSON.parse(lines[index]!) as Record<string, Record<string, unknown>>;
    const [name] = Object.keys(action);
    if (name !== "create" && name !== "index" && name !== "delete") throw new TypeError("unknown action");
    const key = readKey(action[name]!);
    if (name === "delete") actions.push({ name, document: key });
    else {
      const document = JSON.parse(lines[++index] ?? "") as NewDocument["document"];
      actions.push({
        name,
        document: { ...key, document, ...(name === "index" && readVersion(action[name]!)) },
      });
    }
  }
  return actions;
}

function readKey({ _index: index, _id: id }: Record<string, unknown>): DocumentKey {
  if (typeof index !== "string" || typeof id !== "string") throw new TypeError("missing index or id");
  return { index, id };
}

function readVersion({ version, version_type: type }: Record<string, unknown>) {
  if (!Number.isSafeInteger(version) || (version as number) < 0 || type !== "external")
    throw new TypeError("missing external version");
  return { version: version as number };
}
