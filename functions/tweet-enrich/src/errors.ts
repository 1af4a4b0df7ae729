import { PlatformError } from "@platform/shared/errors/platform-error";

const notATweet = {
  "no object": "A tweet must be a JSON object or a string, its text.",
  "no text":
    'The object is of no known form: no tweet, no Bluesky, Mastodon or ActivityPub post, and no string "text" or "msg".',
  "too deep": "The tweet is packed in too many objects and arrays.",
};

/** 422: the item is not a tweet. */
export class NotATweetError extends PlatformError {
  constructor(facts: { found: keyof typeof notATweet }) {
    super({ status: 422, code: "not_a_tweet", detail: notATweet[facts.found] });
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

/** 422: the tweet says when it was created, but its date is in no known form, or there is no such time. */
export class InvalidCreatedAtError extends PlatformError {
  constructor() {
    super({
      status: 422,
      code: "invalid_created_at",
      detail:
        'A date must be like "Wed Oct 10 20:19:24 +0000 2018", or RFC 3339 with its offset, and in the calendar.',
    });
  }
}

/** 422: the text or a name is longer than any is; it would take memory that the others need, and no sink may take it. */
export class TextTooLongError extends PlatformError {
  constructor(facts: { what: string; length: number; limit: number }) {
    super({
      status: 422,
      code: "text_too_long",
      detail: `The ${facts.what} has ${facts.length} characters; at most ${facts.limit} are taken.`,
    });
  }
}

/** 422: the function that SENTIMENT_URL names has answered with an error for this text. */
export class NotScoredError extends PlatformError {
  constructor(facts: { code: string }) {
    super({
      status: 422,
      code: "not_scored",
      detail: `The text was not scored: ${facts.code.replace(/[^\w.-]/g, "?").slice(0, 60)}.`,
    });
  }
}

/** 422: the index's mapping refuses the document. */
export class DocumentRefusedError extends PlatformError {
  constructor(facts: { type: string; cause?: unknown }) {
    super({
      status: 422,
      code: "document_refused",
      detail: `Elasticsearch refuses the document: ${facts.type}.`,
      cause: facts.cause,
    });
  }
}
