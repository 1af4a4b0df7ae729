/** Returns the last part of an image's name, without tag and digest: `registry:5000/me/name:1.0@sha256:…` → `name`. */
export function imageName(image: string): string {
  return image.replace(/@.*$/, "").replace(/^.*\//, "").replace(/:.*$/, "");
}
