/** A document of the platform's indexes. */
export interface Hit {
  _id: string;
  _index: string;
  /** 1 unless the document was written again. */
  _version: number;
  _source: {
    polarity: number;
    subjectivity: number;
    sentence_count: number;
    [field: string]: unknown;
  };
}

/** Counts the documents in all indexes, after a refresh. Rejects if Elasticsearch does not answer. */
export async function countDocuments(url: string): Promise<number> {
  await refresh(url);
  const answer = await fetch(`${url}/sentiment-*/_count`);
  const { count } = (await answer.json()) as { count: number };
  return count;
}

/** Whether one of the indexes has a document of this id, after a refresh. */
export async function hasDocument(url: string, id: string): Promise<boolean> {
  await refresh(url);
  const query = new URLSearchParams({ q: `_id:"${id}"` });
  const answer = await fetch(`${url}/sentiment-*/_count?${query}`);
  return ((await answer.json()) as { count: number }).count > 0;
}

/** Refreshes all indexes. */
export async function refresh(url: string): Promise<void> {
  const answer = await fetch(`${url}/sentiment-*/_refresh`, { method: "POST" });
  await answer.arrayBuffer(); // an unread body keeps its connection open
}

/** Returns all documents, as of the last refresh. */
export async function* documents(url: string): AsyncGenerator<Hit> {
  const ask = async (path: string, body: unknown) => {
    const answer = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { _scroll_id: string; hits: { hits: Hit[] } };
  };
  let page = await ask("/sentiment-*/_search?scroll=1m&version=true", { size: 5_000 });
  while (page.hits.hits.length > 0) {
    yield* page.hits.hits;
    page = await ask("/_search/scroll", { scroll: "1m", scroll_id: page._scroll_id });
  }
}
