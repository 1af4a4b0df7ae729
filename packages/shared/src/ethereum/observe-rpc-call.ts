import { nodeError } from "./node-error.ts";

/** A completed request to a node. */
interface EndedRpcCall {
  /** The JSON-RPC method, which all calls of a batch share. */
  method: string;
  /** `ok`, or the error code: peer_unavailable, peer_timeout or peer_bad_answer. */
  outcome: string;
  seconds: number;
}

/** Observes each request to a node. */
export type ObserveRpcCall = (call: EndedRpcCall) => void;

/**
 * Makes a request to a node and reports it to the observer.
 * @param readError returns the error in an answer, if it has one
 */
export async function observeCall<Answer>(
  request: () => Promise<Answer>,
  { method, observe }: { method: string; observe: ObserveRpcCall | undefined },
  readError: (answer: Answer) => unknown = () => undefined,
): Promise<Answer> {
  if (observe === undefined) return request();
  const start = performance.now();
  const end = (error: unknown) => {
    const outcome = error === undefined ? "ok" : nodeError({ setting: "node", host: "" }, error).code;
    observe({ method, outcome, seconds: (performance.now() - start) / 1000 });
  };
  try {
    const answer = await request();
    end(readError(answer));
    return answer;
  } catch (error) {
    end(error);
    throw error;
  }
}
