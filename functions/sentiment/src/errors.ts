import { PlatformError } from "@platform/shared/errors/platform-error";

/** 400: the text has no sentence, so the mean over the sentences is undefined. */
export class EmptyTextError extends PlatformError {
  constructor() {
    super({ status: 400, code: "empty_text", detail: "The text is empty: there is nothing to score." });
  }
}

/** 422: a JSON item is neither a string nor an object with a string `text`. */
export class NotATextError extends PlatformError {
  constructor() {
    super({
      status: 422,
      code: "not_a_text",
      detail: 'JSON must be a string or an object whose field "text" is a string; other fields are ignored.',
    });
  }
}

/** 422: a form repeats the field `text`. */
export class RepeatedTextError extends PlatformError {
  constructor({ times }: { times: number }) {
    super({
      status: 422,
      code: "not_a_text",
      detail: `The form has the field "text" ${times} times; send it once.`,
    });
  }
}
