import { PlatformError } from "@platform/shared/errors/platform-error";

/** 422: the item is not a tweet: no JSON object with a text. */
export class NotATweetError extends PlatformError {
  constructor(facts: { missing: "object" | "text" }) {
    super({
      status: 422,
      code: "not_a_tweet",
      detail:
        facts.missing === "object"
          ? "A tweet must be a JSON object."
          : 'A tweet must have a string "text" (or "full_text").',
    });
  }
}

/** 422: the tweet's text has no sentence, so there is nothing to score. */
export class EmptyTweetError extends PlatformError {
  constructor() {
    super({
      status: 422,
      code: "empty_text",
      detail: "The tweet's text is empty: there is nothing to score.",
    });
  }
}

/** 422: the tweet says when it was created, but not in v1.1's form or ISO 8601 with a time zone. */
export class InvalidCreatedAtError extends PlatformError {
  constructor() {
    super({
      status: 422,
      code: "invalid_created_at",
      detail:
        'created_at must be like "Wed Oct 10 20:19:24 +0000 2018" or an ISO 8601 time with its time zone.',
    });
  }
}

/** 422: the text is longer than any post is; scoring it would take memory that the others need. */
export class TextTooLongError extends PlatformError {
  constructor(facts: { length: number; limit: number }) {
    super({
      status: 422,
      code: "text_too_long",
      detail: `The tweet's text has ${facts.length} characters; at most ${facts.limit} are taken.`,
    });
  }
}
