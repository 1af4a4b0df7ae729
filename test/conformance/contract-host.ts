/** The template under test and the Node.js that runs it: our own host, or a folder with another template. */
export interface ContractHost {
  template?: string | undefined;
  node?: string | undefined;
  /** Whether it avoids the traps of node18, as template/node-lean does. */
  avoidsTraps?: boolean;
}

/** The content type of errors that the template answers itself. */
export function errorContentType({ avoidsTraps }: ContractHost): string {
  return `${avoidsTraps ? "application/problem+json" : "text/html"}; charset=utf-8`;
}
