import type { NifiClient } from "./nifi-client.ts";
import type { AsyncRequest } from "./nifi-entities.ts";
import { NifiError } from "./nifi-error.ts";
import { Pending, type Waiting } from "./waiting.ts";

/** An asynchronous change: NiFi stops the affected components, changes them and starts them again. */
export interface ChangeRequest {
  /** The description in messages, such as "updating Twitter Sentiment v2". */
  description: string;
  /** The path to which the request is posted. */
  path: string;
  /** The path of the requests, to which the id is appended. */
  requests: string;
  /** Creates the body with the current revision, for each attempt. */
  body: () => Promise<object>;
}

/** Makes a change and returns the completed request. @throws NifiError with NiFi's reason when it fails */
export async function runRequest(
  client: NifiClient,
  waiting: Waiting,
  { description, path, requests, body }: ChangeRequest,
): Promise<AsyncRequest["request"]> {
  const { request: accepted } = await waiting.until(async () =>
    client.post<AsyncRequest>(path, await body()),
  );
  const url = `${requests}/${accepted.requestId}`;
  try {
    const completed = await waiting.until(async () => {
      const { request } = await client.get<AsyncRequest>(url);
      return request.complete ? request : new Pending(`${description}: ${request.state}`);
    });
    if (completed.failureReason) throw new NifiError(`${description}: ${completed.failureReason}`);
    return completed;
  } finally {
    await client.delete(url).catch(() => undefined); // NiFi deletes it later by itself
  }
}
