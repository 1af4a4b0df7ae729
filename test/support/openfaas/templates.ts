import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repo.ts";

/** The folder with faas-cli's templates, if it is not cloned from their repository. */
export const { OPENFAAS_TEMPLATE: templates } = process.env;

export function hasTemplates(): boolean {
  return templates !== undefined && existsSync(templates);
}

/** Links the templates into the folder of a checkout in which faas-cli looks for them. Disposing of it removes the links. */
export function useTemplates(checkout = root): Disposable {
  const links = (templates === undefined ? [] : readdirSync(templates))
    .map((name) => ({ path: join(checkout, "template", name), target: join(templates!, name) }))
    .filter(({ path }) => !existsSync(path));
  for (const { path, target } of links) symlinkSync(target, path);
  return {
    [Symbol.dispose]() {
      for (const { path } of links) rmSync(path);
    },
  };
}
