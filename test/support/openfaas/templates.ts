import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repo.ts";

/** The folder with faas-cli's templates, where it is not cloned from their repository. */
export const { OPENFAAS_TEMPLATE: templates } = process.env;

export function hasTemplates(): boolean {
  return templates !== undefined && existsSync(templates);
}

/** Puts the templates where faas-cli looks for them, unless some are there; disposing of it takes them away. */
export function useTemplates(): Disposable {
  const link = join(root, "template");
  const had = existsSync(link);
  if (!had) symlinkSync(templates!, link);
  return { [Symbol.dispose]: () => void (had || rmSync(link)) };
}
