import { InvalidQueryError, UnknownQueryParameterError } from "@platform/shared/errors/request-errors";
import type { Request } from "express";

/** The parameters of a request's query, each at most once. */
export class QueryReader<const Name extends string> {
  readonly #query: Readonly<Record<string, unknown>>;

  /** @throws UnknownQueryParameterError, InvalidQueryError */
  constructor(request: Request, allowed: readonly Name[]) {
    this.#query = request.query;
    for (const [parameter, value] of Object.entries(request.query)) {
      if (!allowed.some((name) => name === parameter))
        throw new UnknownQueryParameterError({ parameter, allowed });
      if (typeof value !== "string") throw new InvalidQueryError({ parameter, allowed: "given once" });
    }
  }

  /** Undefined if absent or empty. */
  text(name: Name): string | undefined {
    return (this.#query[name] as string | undefined) || undefined;
  }

  /** Reads a whole number within bounds. */
  number(name: Name, { least = 0, most = Number.MAX_SAFE_INTEGER } = {}): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    const allowed = `a whole number from ${least} to ${most}`;
    throw new InvalidQueryError({ parameter: name, allowed });
  }

  choice<const Choice extends string>(name: Name, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(name);
    const choice = choices.find((known) => known === text);
    if (text !== undefined && choice === undefined)
      throw new InvalidQueryError({ parameter: name, allowed: choices.join(" or ") });
    return choice;
  }
}
