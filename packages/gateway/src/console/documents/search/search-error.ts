import { PlatformError } from "@platform/shared/errors/platform-error";

/** 400: the search is not in the language that both stores understand. */
export class SearchError extends PlatformError {
  /** @param at the place of the problem in the search, from 0 */
  constructor({ at, problem }: { at: number; problem: string }) {
    super({
      status: 400,
      code: "invalid_search",
      detail: `The search is wrong at character ${at + 1}: ${problem}.`,
    });
  }
}
