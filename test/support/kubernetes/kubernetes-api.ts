import { startProgram, waitForProgram } from "../process/program.ts";

/** The Kubernetes API with the rights of KUBECONFIG. */
export interface StartedKubernetesApi extends AsyncDisposable {
  /** Calls the API; whatever the status, it resolves with the answer. */
  call(method: string, path: string, options?: ApiCallOptions): Promise<ApiAnswer>;
}

/** What a call may have beside method and path. */
interface ApiCallOptions {
  body?: object;
  /** An account in whose name the call is made, such as `system:serviceaccount:data:gateway`. */
  as?: string;
  contentType?: string;
}

/** What the API answers: the object, or the Status that says why not. */
interface ApiAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a shape of its own
  body: any;
}

/** Starts `kubectl proxy`: a call takes milliseconds, a kubectl of its own a tenth of a second. */
export async function startKubernetesApi(): Promise<StartedKubernetesApi> {
  const program = startProgram({ command: ["kubectl", "proxy", "--port=0"], env: process.env });
  const readHost = () => /Starting to serve on (127\.0\.0\.1:\d+)/.exec(program.output())?.[1];
  const host = await waitForProgram("kubectl proxy", program, readHost);
  return {
    async call(method, path, { body, as, contentType = "application/json" } = {}) {
      const response = await fetch(`http://${host}${path}`, {
        method,
        headers: { "Content-Type": contentType, ...(as === undefined ? {} : { "Impersonate-User": as }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
