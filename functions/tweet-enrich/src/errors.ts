import { PlatformError } from "@platform/shared/errors/platform-error";

const notATweet = {
  "no object": "A tweet must be a JSON object or a string with its text.",
  "no text":
    'Unknown form: the object is not a tweet, not a Bluesky, Mastodon or ActivityPub post, and has no string "text" or "msg".',
  "too deep": "The tweet is nested too deeply in objects and arrays.",
};

/** 422: the item is not a tweet. */
export class NotATweetError extends PlatformError {
  constructor(facts: { problem: keyof typeof notATweet }) {
    super({ status: 422, code: "not_a_tweet", detail: notATweet[facts.problem] });
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

/** 422: the date of the tweet has an unknown format or does not exist. */
export class InvalidCreatedAtError extends PlatformError {
  constructor() {
    super({
      status: 422,
      code: "invalid_created_at",
      detail:
        'A date must exist and have the format "Wed Oct 10 20:19:24 +0000 2018" or RFC 3339 with an offset.',
    });
  }
}

/** 422: the text or a name exceeds its limit. The limits protect memory and fit the sinks. */
export class TextTooLongError extends PlatformError {
  constructor(facts: { subject: string; length: number; limit: number }) {
    super({
      status: 422,
      code: "text_too_long",
      detail: `The ${facts.subject} has ${facts.length} characters; the limit is ${facts.limit}.`,
    });
  }
}

/** 422: the function at SENTIMENT_URL returned an error for this text. */
export class NotScoredError extends PlatformError {
  constructor(facts: { code: string }) {
    super({
      status: 422,
      code: "not_scored",
      detail: `The text was not scored: ${facts.code.replace(/[^\w.-]/g, "?").slice(0, 60)}.`,
    });
  }
}

/** 422: Elasticsearch refuses the content of the document. */
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
