import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { BuildView } from "../console/live/view.ts";
import type { LogSource } from "./log-source.ts";

/** The definition of a deployed function. */
export interface FunctionDefinition {
  name: string;
  image: string;
  environment: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  secrets: readonly string[];
  /** The namespace in the stack file; unset: the gateway's default. */
  namespace?: string | undefined;
  requests?: Readonly<Record<string, string>> | undefined;
  limits?: Readonly<Record<string, string>> | undefined;
  /** Labels of permitted nodes, such as `kubernetes.io/arch=amd64`. */
  constraints?: readonly string[] | undefined;
  /** Whether the root file system is read-only; /tmp stays writable. */
  readOnlyRootFilesystem?: boolean | undefined;
}

/** The address of a function's process or pod. */
export interface FunctionAddress {
  host: string;
  port: number;
}

/** A function that a gateway calls: a local process (`npm start`), or the pods of a Deployment. */
export interface FunctionTarget {
  readonly definition: FunctionDefinition;
  readonly createdAt: Date;
  readonly replicas: { readonly wanted: number; readonly available: number };
  /** Whether calls reuse connections. */
  readonly keepAlive: boolean;
  /** The number of answered calls. */
  invocations: number;
  /** Wake-ups from zero by calls; undefined if the target never sleeps. */
  readonly wakeUps?: number;
  /** The timeout of waiting for a ready target, in milliseconds; unset: five seconds. */
  readonly readyTimeoutMs?: number;
  /** The error for its calls, when it cannot accept any. */
  readonly refusal?: PlatformError | undefined;
  /** The environment of its process, if it differs from the definition's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Reads its logs. */
  readonly logs?: LogSource;
  /** Waits for an address; undefined when the target is not ready in time, or the signal aborts. */
  address(within: number, signal?: AbortSignal): Promise<FunctionAddress | undefined>;
  /** Called before a call to an address starts. Returns a function to call when it ends. */
  callStarted?(address: FunctionAddress): () => void;
  /** Called when a connection to an address is established, before the call is sent. */
  connected?(address: FunctionAddress): void;
  /** Called when a connection to an address fails. The call then asks a target with this method for another address. */
  refused?(address: FunctionAddress): void;
  /** The latest build by `npm run dev`. */
  build?: BuildView | undefined;
}
