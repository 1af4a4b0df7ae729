import { PlatformError } from "@platform/shared/errors/platform-error";

/** 400: there is no sentence in the text; TextBlob's mean over the sentences would divide by zero. */
export class EmptyTextError extends PlatformError {
  constructor() {
    super({ status: 400, code: "empty_text", detail: "The text is empty: there is nothing to score." });
  }
}

/** 422: a JSON item is neither a text nor an object with one. */
export class NotATextError extends PlatformError {
  constructor() {
    super({
      status: 422,
      code: "not_a_text",
      detail: 'JSON must be a string or an object whose field "text" is a string; other fields do not count.',
    });
  }
}

/** 422: a form has several texts. */
export class RepeatedTextError extends PlatformError {
  constructor({ times }: { times: number }) {
    super({
      status: 422,
      code: "not_a_text",
      detail: `The form has the field "text" ${times} times; send it once.`,
    });
  }
}
