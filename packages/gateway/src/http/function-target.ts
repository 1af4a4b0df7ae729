import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { BuildView } from "../console/live/view.ts";
import type { LogSource } from "./log-source.ts";

/** What a function is deployed with. */
export interface FunctionDefinition {
  name: string;
  image: string;
  environment: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  secrets: readonly string[];
  /** The namespace that the stack file names; unset: the gateway's default. */
  namespace?: string | undefined;
  requests?: Readonly<Record<string, string>> | undefined;
  limits?: Readonly<Record<string, string>> | undefined;
  /** Labels of the nodes that it may run on, such as `kubernetes.io/arch=amd64`. */
  constraints?: readonly string[] | undefined;
  /** Whether its root file system is read-only; /tmp stays writable. */
  readOnlyRootFilesystem?: boolean | undefined;
}

/** Where a function listens. */
export interface FunctionAddress {
  host: string;
  port: number;
}

/** A function that a gateway calls: a process of its own (`npm start`), or the pods of a Deployment. */
export interface FunctionTarget {
  readonly definition: FunctionDefinition;
  readonly createdAt: Date;
  readonly replicas: { readonly wanted: number; readonly available: number };
  /** Whether calls use connections again. */
  readonly keepAlive: boolean;
  /** Calls answered so far. */
  invocations: number;
  /** Wake-ups from zero by calls; undefined if the target never sleeps. */
  readonly wakeUps?: number;
  /** How long its calls wait until it is ready, in milliseconds; unset: five seconds. */
  readonly patienceMs?: number;
  /** The error that answers its calls, where it cannot take any. */
  readonly refusal?: PlatformError | undefined;
  /** The environment of its process, where that differs from the definition's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Its logs. */
  readonly logs?: LogSource;
  /** Where it listens; undefined when it is not ready within this time, or the signal fires before. */
  address(within: number, signal?: AbortSignal): Promise<FunctionAddress | undefined>;
  /** Is told of a call to an address before it begins; returns what must be called when it has ended. */
  callStarted?(address: FunctionAddress): () => void;
  /** Called when a connection to an address is established, before the call is sent. */
  connected?(address: FunctionAddress): void;
  /** Called when a connection to an address failed. A target with this method is asked for another address. */
  refused?(address: FunctionAddress): void;
  /** What `npm run dev` did last with it. */
  build?: BuildView | undefined;
}
