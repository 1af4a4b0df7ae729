import type { IncomingMessage, ServerResponse } from "node:http";
import { startListener } from "../http/listener.ts";

/** A tweet in the search of Twitter's API v2. */
export interface FoundTweet {
  id: string;
  text: string;
  created_at: string;
  lang: string;
  author: { id: string; username: string; name: string };
}

/**
 * A fake of the recent search of Twitter's API v2, as documented: pages from the newest tweet to the oldest, `since_id`,
 * `next_token`, authors in `includes`, problems.
 */
export interface TwitterSearch extends AsyncDisposable {
  url: string;
  /** The tweets to find, oldest first. */
  tweets: FoundTweet[];
  /** The id below which a `since_id` is refused: that of a tweet seven days ago. */
  oldest: bigint;
  /** Answers this number of requests with this status instead. */
  fault: { status: number; times: number };
  /** The parameters of all authorised requests. */
  requests: URLSearchParams[];
}

/** Starts it on loopback; requests need this bearer token. */
export async function startTwitterSearch(token: string): Promise<TwitterSearch> {
  const search = {
    tweets: [] as FoundTweet[],
    oldest: 0n,
    fault: { status: 0, times: 0 },
    requests: [] as URLSearchParams[],
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = respond(request);
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(body));
  };

  function respond(request: IncomingMessage): { status: number; body: unknown } {
    if (request.headers.authorization !== `Bearer ${token}`) return problem(401, "Unauthorized");
    if (search.fault.times > 0) {
      search.fault.times -= 1;
      return problem(search.fault.status, "Not now");
    }
    const query = new URL(request.url ?? "", "http://twitter").searchParams;
    search.requests.push(query);
    const since = BigInt(query.get("since_id") ?? 0);
    if (query.has("since_id") && since < search.oldest) return tooOld(since);
    return { status: 200, body: page(query, since) };
  }

  function page(query: URLSearchParams, since: bigint) {
    // A token names the last tweet of the previous page.
    const before = query.get("next_token");
    const matching = search.tweets
      .filter(({ id }) => BigInt(id) > since && (before === null || BigInt(id) < BigInt(before)))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    const results = matching.slice(0, Number(query.get("max_results") ?? 10));
    if (results.length === 0) return { meta: { result_count: 0 } };
    const last = results.at(-1)?.id;
    const data = results.map(({ author, ...tweet }) => ({
      ...tweet,
      author_id: author.id,
      edit_history_tweet_ids: [tweet.id],
    }));
    const users = [...new Map(results.map(({ author }) => [author.id, author])).values()];
    const next = matching.length > results.length ? { next_token: last } : {};
    const meta = { newest_id: results[0]?.id, oldest_id: last, result_count: results.length, ...next };
    return { data, includes: { users }, meta };
  }

  const listener = await startListener(answer);
  return Object.assign(search, {
    url: `${listener.url}/2/tweets/search/recent`,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  });
}

function problem(status: number, title: string) {
  return { status, body: { title, type: "about:blank", status, detail: title } };
}

function tooOld(since: bigint) {
  const message = `'since_id' must be a tweet id created after a week ago. Please use a 'since_id' that is larger than ${since}`;
  return {
    status: 400,
    body: {
      errors: [{ parameters: { since_id: [String(since)] }, message }],
      title: "Invalid Request",
      detail: "One or more parameters to your request was invalid.",
      type: "https://api.twitter.com/2/problems/invalid-request",
    },
  };
}
