import type { NifiClient } from "./nifi-client.ts";
import type { AsyncRequest } from "./nifi-entities.ts";
import { NifiError } from "./nifi-error.ts";
import { NotYet, type Waiting } from "./waiting.ts";

/** A change that NiFi makes over a while: it stops what is affected, changes it and starts it again. */
export interface ChangeRequest {
  /** For messages, such as "updating Twitter Sentiment v2". */
  what: string;
  /** Where the request is posted. */
  path: string;
  /** Where it can be asked for afterwards; its id follows. */
  requests: string;
  /** Made anew for each try: it has the revision. */
  body: () => Promise<object>;
}

/** Makes a change and waits for its end, which it gives; throws a NifiError with NiFi's reason when it fails. */
export async function runRequest(
  client: NifiClient,
  waiting: Waiting,
  { what, path, requests, body }: ChangeRequest,
): Promise<AsyncRequest["request"]> {
  const { request: begun } = await waiting.until(async () => client.post<AsyncRequest>(path, await body()));
  const url = `${requests}/${begun.requestId}`;
  try {
    const ended = await waiting.until(async () => {
      const { request } = await client.get<AsyncRequest>(url);
      return request.complete ? request : new NotYet(`${what}: ${request.state}`);
    });
    if (ended.failureReason) throw new NifiError(`${what}: ${ended.failureReason}`);
    return ended;
  } finally {
    await client.delete(url).catch(() => undefined); // NiFi forgets it by itself, later
  }
}
