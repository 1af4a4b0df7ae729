import { startProgram, waitForProgram } from "../process/program.ts";

/** The Kubernetes API with the rights of KUBECONFIG. */
export interface StartedKubernetesApi extends AsyncDisposable {
  /** Calls the API. Resolves with the answer for every status. */
  call(method: string, path: string, options?: ApiCallOptions): Promise<ApiAnswer>;
}

/** Options of a call in addition to method and path. */
interface ApiCallOptions {
  body?: object;
  /** An account to impersonate, such as `system:serviceaccount:data:gateway`. */
  as?: string;
  contentType?: string;
}

/** The API's answer: the object, or a Status with the reason. */
interface ApiAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own shape
  body: any;
}

/** Starts `kubectl proxy`: a call then takes milliseconds, while each kubectl takes a tenth of a second. */
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
