const hostPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const registry = String.raw`${hostPart}(?:\.${hostPart})*(?::[0-9]{1,5})?`;
const pathPart = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const tag = String.raw`:\w[\w.-]{0,127}`;
const digest = "@[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,128}";
const reference = new RegExp(`^(?:${registry}/)?${pathPart}(?:/${pathPart})*(?:${tag})?(?:${digest})?$`);
const longestReference = 512;

/** Whether a text is the name of a container image, such as `registry.example.com/me/app:1.0.0`. */
export function isImageReference(image: string): boolean {
  return image.length <= longestReference && reference.test(image);
}
