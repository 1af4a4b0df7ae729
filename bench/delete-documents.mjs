/**
 * Deletes the indexes with the documents of tweets, so that a measurement begins without those of the previous one.
 *
 * @param {string} elasticsearchUrl
 * @param {readonly import("./services.ts").SampleTweet[]} tweets
 */
export async function deleteDocuments(elasticsearchUrl, tweets) {
  const indexes = [...new Set(tweets.map(({ index }) => index))].join();
  await fetch(`${elasticsearchUrl}/${indexes}?ignore_unavailable=true`, { method: "DELETE" });
}
