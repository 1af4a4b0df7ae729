import { parse } from "yaml";

const prefix = "serverless-data-platform/";
const list = /(?<=^resources: \[\.\.\/local\]\nimages:\n)(?: {2}- .*\n)*/m;

/**
 * Renders the example overlay of deploy/README.md, which pulls all our images from a registry.
 * @param images the text of deploy/components/images/kustomization.yaml
 * @throws Error when the text lacks the overlay
 */
export function withRegistryOverlay(text: string, images: string): string {
  if (!list.test(text)) throw new Error("deploy/README.md lacks the example overlay for a registry");
  const names = (parse(images).images as { newName: string }[])
    .map(({ newName }) => newName)
    .filter((name) => name.startsWith(prefix));
  const entries = names.map(
    (name) => `  - { name: ${name}, newName: registry.example.com/me/${name.slice(prefix.length)} }\n`,
  );
  return text.replace(list, () => entries.join(""));
}
