import type { FunctionDefinition } from "../http/function-target.ts";
import { imageName } from "../http/image-name.ts";

const start = "  # Functions: rendered from stack.yml by `npm run manifests`.\n";
const end = "  # End of the functions.\n";

/**
 * Renders the images of these functions into the marked block of deploy/components/images/kustomization.yaml.
 * @throws Error when the text lacks the block
 */
export function withFunctionImages(text: string, functions: readonly FunctionDefinition[]): string {
  const [before, rest] = split(text, start);
  const [, after] = split(rest, end);
  const images = [...new Set(functions.map(({ image }) => image))];
  return `${before}${start}${images.map(imageEntry).join("")}${end}${after}`;
}

function imageEntry(image: string): string {
  const tagAt = image.lastIndexOf(":");
  return `  - name: ${imageName(image)}
    newName: ${image.slice(0, tagAt)}
    newTag: ${image.slice(tagAt + 1)}
`;
}

function split(text: string, mark: string): [string, string] {
  const position = text.indexOf(mark);
  if (position < 0) throw new Error(`the list of images lacks the line "${mark.trim()}"`);
  return [text.slice(0, position), text.slice(position + mark.length)];
}
