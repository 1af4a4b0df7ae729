/** Sends a request to Elasticsearch's API. `path` has no leading slash. Returns the JSON of the response. */
export async function askElasticsearch(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: each answer has its own form
): Promise<any> {
  const response = await fetch(`${url}/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return await response.json();
}
