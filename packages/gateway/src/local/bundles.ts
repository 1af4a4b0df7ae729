import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { available } from "@platform/shared/errors/available";
import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "../http/errors.ts";
import { imageName } from "../http/image-name.ts";
import type { StackFunction } from "./stack.ts";

/** Options of Bundles. */
export interface BundlesOptions {
  functions: readonly StackFunction[];
  /** The folder of the stack file; `functions/NAME/dist` below it may contain bundles as well. */
  folder: string;
}

/** The local bundle of an image. */
export interface Bundle {
  /** The folder with handler.js. */
  handler: string;
  /** Whether the function's name, not the image's, matched. */
  isOfName: boolean;
}

/** Finds bundles of handlers on this machine, which replace images. */
export class Bundles {
  readonly #functions: readonly StackFunction[];
  readonly #folder: string;

  constructor({ functions, folder }: BundlesOptions) {
    this.#functions = functions;
    this.#folder = folder;
  }

  /**
   * Returns the bundle for an image, found by the image's last part without tag and digest, else by the function's name.
   * @throws NotDeployableError (400) when there is none, or its build failed
   */
  find({ image, name }: { image: string; name: string }): Bundle {
    const handlerOfImage = this.#findHandler(bareName(image), name);
    const handler = handlerOfImage ?? this.#findHandler(name, name);
    if (handler === undefined) throw this.#missing(image);
    const errorFile = join(handler, "build-error.txt");
    if (existsSync(errorFile)) {
      const reason = `The bundle for image ${printable(image)} is not built: ${readFileSync(errorFile, "utf8")}`;
      throw new NotDeployableError({ reason });
    }
    if (!isBundle(handler)) throw this.#missing(image);
    return { handler, isOfName: handlerOfImage === undefined };
  }

  /** Returns the folder for a bare name. Of several functions with this image, the one with the function's name takes precedence. */
  #findHandler(bareImage: string, functionName: string): string | undefined {
    if (bareImage === "") return undefined;
    const entries = this.#functions.filter(({ image }) => bareName(image) === bareImage);
    const entry =
      entries.find(({ name }) => name === functionName) ??
      entries[0] ??
      this.#functions.find(({ name }) => name === bareImage);
    if (entry !== undefined) return entry.handler;
    const handler = join(this.#folder, "functions", bareImage, "dist");
    return isBundle(handler) ? handler : undefined;
  }

  #missing(image: string): NotDeployableError {
    return new NotDeployableError({
      reason: `There is no bundle for image ${printable(image)} on this machine; npm start runs handlers, not images; ${available(this.#names())}.`,
    });
  }

  #names(): string[] {
    const built = this.#functions.filter(({ handler }) => isBundle(handler));
    const ofStack = built.map(({ image, name }) => bareName(image) || name);
    const folder = join(this.#folder, "functions");
    const folders = existsSync(folder) ? readdirSync(folder) : [];
    const ofFolders = folders.filter((name) => isBundle(join(folder, name, "dist")));
    return [...new Set([...ofStack, ...ofFolders])].sort();
  }
}

/** Returns the image's name; empty when it is not a valid name of a folder. */
function bareName(image: string): string {
  const name = imageName(image);
  return /^[A-Za-z0-9][\w.-]*$/.test(name) ? name : "";
}

function isBundle(folder: string): boolean {
  return existsSync(join(folder, "handler.js"));
}
