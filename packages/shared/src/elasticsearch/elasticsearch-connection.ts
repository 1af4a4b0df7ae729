import type { Client } from "@elastic/elasticsearch";
import { lazily } from "../clients/lazily.ts";
import { isUnauthorized } from "./elasticsearch-error.ts";

/** A connection that opens at the first request, and opens again with the current secrets after a refusal. */
export interface ElasticsearchConnection {
  /**
   * Makes a request, and repeats it once after a refusal (401, 403), because the secret may have changed.
   * @throws the errors of `open` and of the request.
   */
  request<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer>;
  /** Closes the connection; the next request opens a new one. */
  close(): Promise<void>;
}

/** @param open reads the secrets and returns a client */
export function createElasticsearchConnection(open: () => Promise<Client>): ElasticsearchConnection {
  const client = lazily(open);

  async function close(): Promise<void> {
    await (await client.drop())?.close();
  }

  async function attempt<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    const used = await client.get();
    try {
      return await work(used);
    } catch (error) {
      // Another request may already have opened a new client.
      if (isUnauthorized(error) && (await client.get()) === used) await close();
      throw error;
    }
  }

  return {
    request: (work) =>
      attempt(work).catch((error: unknown) => {
        if (!isUnauthorized(error)) throw error;
        return attempt(work);
      }),
    close,
  };
}
