import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./repo.ts";

/** The overlays that deploy/README.md and the how-to guides propose: their YAML blocks of kind Kustomization. */
export function proposedOverlays(): string[] {
  const guides = join(root, "docs", "how-to");
  const pages = [join(root, "deploy", "README.md"), ...readdirSync(guides).map((page) => join(guides, page))];
  return pages
    .flatMap((page) => [...readFileSync(page, "utf8").matchAll(/^```yaml\n([\s\S]+?)^```/gm)])
    .map(([, yaml]) => yaml!)
    .filter((yaml) => yaml.includes("\nkind: Kustomization\n"));
}

/** Writes an overlay beside those of deploy/overlays. Disposing of it removes it. */
export function writeProposedOverlay(yaml: string): Disposable & { folder: string } {
  const folder = mkdtempSync(join(root, "deploy", "overlays", "proposed-"));
  writeFileSync(join(folder, "kustomization.yaml"), yaml);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
