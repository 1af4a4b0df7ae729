/** The template under test: our own host, or a folder with another one, and the Node.js that runs it. */
export interface ContractHost {
  template?: string | undefined;
  node?: string | undefined;
  /** Does it answer without the traps of node18? template/node-lean does. */
  mended?: boolean;
}

/** The type of the errors that a template answers by itself. */
export function errorTypeOf({ mended }: ContractHost): string {
  return `${mended ? "application/problem+json" : "text/html"}; charset=utf-8`;
}
