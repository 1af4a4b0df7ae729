import { PlatformError } from "@platform/shared/errors/platform-error";

/** 400: the search has a syntax error, or uses an unsupported feature. */
export class SearchError extends PlatformError {
  /** @param at the index of the problem in the search, from 0 */
  constructor({ at, problem }: { at: number; problem: string }) {
    super({
      status: 400,
      code: "invalid_search",
      detail: `The search is wrong at character ${at + 1}: ${problem}.`,
    });
  }
}
