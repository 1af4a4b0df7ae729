/** The peers of functions in which a soak test injects faults. */
export type Peer = "the node" | "the scorer";

/** A call of a function and its expected result. */
export interface SoakCall {
  description: string;
  path: string;
  init: RequestInit;
  status: number;
  /** Whether the body is that of the only right answer. */
  isRight(body: string): boolean;
  /** The peer that the call needs. While that fails, an error of the peer is right, too. */
  peer?: Peer | undefined;
}

/** Whether an answer is right. */
export type Verdict = "right" | "refused" | "peer failed" | "wrong";

const peerErrors: Readonly<Record<number, string>> = {
  502: "peer_bad_answer",
  503: "peer_unavailable",
  504: "peer_timeout",
};

/** Judges an answer, given whether the call's peer may have failed meanwhile. */
export function checkAnswer(
  call: SoakCall,
  { status, body }: { status: number; body: string },
  peerFailed: () => boolean,
): Verdict {
  if (status === call.status && isRight(call, body)) return status < 400 ? "right" : "refused";
  return isProblem(body, status, peerErrors[status]) && peerFailed() ? "peer failed" : "wrong";
}

function isRight(call: SoakCall, body: string): boolean {
  try {
    return call.isRight(body);
  } catch {
    return false; // not JSON
  }
}

/** A call that a function must refuse with this code. */
export function refused(
  description: string,
  {
    status,
    code,
    path = "",
    ...call
  }: { status: number; code: string; path?: string; peer?: Peer } & RequestInit,
): SoakCall {
  const { peer, ...init } = call;
  return { description, path, init, status, isRight: (body) => isProblem(body, status, code), peer };
}

function isProblem(body: string, status: number, code: string | undefined): boolean {
  try {
    const problem = JSON.parse(body);
    return code !== undefined && problem.status === status && problem.code === code;
  } catch {
    return false;
  }
}
