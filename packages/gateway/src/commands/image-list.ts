import { parse } from "yaml";

const ours = "serverless-data-platform/";

const header = `# All images that the manifests name, rendered by \`npm run manifests\` from components/images and the Dockerfiles.
# pulled: from a registry. built: by \`npm run images\`. base: a build starts from it; the Dockerfiles of OpenFaaS's own templates have others.
`;

/**
 * Renders deploy/images.txt, with an image and its kind on each line.
 * @param images the text of deploy/components/images/kustomization.yaml
 * @param dockerfiles the texts of the Dockerfiles of our images
 */
export function imageList(images: string, dockerfiles: readonly string[]): string {
  const names = (parse(images).images as { newName: string; newTag: string }[]).map(
    ({ newName, newTag }) => `${newName}:${newTag}`,
  );
  const lines = [
    ...formatLines(
      names.filter((name) => !name.startsWith(ours)),
      "pulled",
    ),
    ...formatLines(
      names.filter((name) => name.startsWith(ours)),
      "built",
    ),
    ...formatLines(dockerfiles.flatMap(baseImages), "base"),
  ];
  return header + lines.join("");
}

function formatLines(names: readonly string[], kind: string): string[] {
  return [...new Set(names)].sort().map((name) => `${name} ${kind}\n`);
}

/** Lists the base images of a Dockerfile, without its own stages. */
function baseImages(dockerfile: string): string[] {
  const stages = [...dockerfile.matchAll(/^FROM (?:--\S+ )*(\S+)(?: AS (\S+))?/gim)];
  const own = new Set(stages.map(([, , stage]) => stage));
  return stages.map(([, image = ""]) => image).filter((image) => !own.has(image));
}
