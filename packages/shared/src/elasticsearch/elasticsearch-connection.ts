import type { Client } from "@elastic/elasticsearch";
import { lazily } from "../clients/lazily.ts";
import { wasRefused } from "./elasticsearch-error.ts";

/** A connection that is opened at the first request, and again, with the secrets as they are then, after a refusal. */
export interface ElasticsearchConnection {
  /**
   * Makes a request, and once more after a refusal (401, 403): the secret may have changed.
   * @throws what `open` or the request throws.
   */
  request<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer>;
  /** Closes the connection; the next request opens a new one. */
  close(): Promise<void>;
}

/** @param open gives a client with the secrets read anew */
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
      // Another request may have opened a new client meanwhile.
      if (wasRefused(error) && (await client.get()) === used) await close();
      throw error;
    }
  }

  return {
    request: (work) =>
      attempt(work).catch((error: unknown) => {
        if (!wasRefused(error)) throw error;
        return attempt(work);
      }),
    close,
  };
}
