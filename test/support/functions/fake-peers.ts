import type { RequestListener, ServerResponse } from "node:http";
import { startListener } from "../http/listener.ts";

/** How the peers answer: correctly, with broken JSON, never, by breaking the connection, or by refusing the content. */
export type PeerMood = "well" | "garbled" | "slow" | "resetting" | "refusing texts" | "refusing documents";

/** The peers of tweet-enrich: a function that scores texts, and Elasticsearch. */
export interface FakePeers extends AsyncDisposable {
  scorer: string;
  elasticsearch: string;
  mood: PeerMood;
}

/** Starts both on one port of loopback. */
export async function startFakePeers(): Promise<FakePeers> {
  const answer: RequestListener = (request, response) => {
    const { mood } = peers;
    request.resume();
    if (mood === "slow") return;
    if (mood === "resetting") return void request.socket.destroy();
    if (mood === "garbled") return void response.end("[{");
    if (request.url === "/score") return scoreTexts(response, mood);
    refuseDocuments(response, mood);
  };
  const listener = await startListener(answer);
  const peers: FakePeers = {
    scorer: `${listener.url}/score`,
    elasticsearch: listener.url,
    mood: "well",
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
  return peers;
}

function scoreTexts(response: ServerResponse, mood: PeerMood): void {
  const score = { polarity: 0.6, sentence_count: 1, subjectivity: 0.9 };
  send(response, [
    mood === "refusing texts" ? { index: 0, error: { status: 422, code: "unknown_language" } } : score,
  ]);
}

function refuseDocuments(response: ServerResponse, mood: PeerMood): void {
  response.setHeader("x-elastic-product", "Elasticsearch");
  const error = { type: "document_parsing_exception", reason: "failed to parse field [twitter.created_at]" };
  const isRefused = mood === "refusing documents";
  const create = isRefused ? { status: 400, error } : { status: 201 };
  send(response, { errors: isRefused, items: [{ create }] });
}

function send(response: ServerResponse, value: unknown): void {
  response.setHeader("content-type", "application/json").end(JSON.stringify(value));
}
