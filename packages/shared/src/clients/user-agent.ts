import manifest from "../../../../package.json" with { type: "json" };

/** The User-Agent of a program, such as `serverless-data-platform/1.2.3 last-block`. */
export function userAgent(program: string): string {
  return `${manifest.name}/${manifest.version} ${program}`;
}
