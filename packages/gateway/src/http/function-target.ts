import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { BuildView } from "../dashboard/view.ts";
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
  /** Constraints of the nodes that it may run on, such as `kubernetes.io/arch=amd64`. */
  constraints?: readonly string[] | undefined;
  /** Whether it may write to /tmp alone. */
  readOnlyRootFilesystem?: boolean | undefined;
}

/** Where a function listens. */
export interface FunctionAddress {
  host: string;
  port: number;
}

/** A function that a gateway calls: a process of its own (`npm start`), or a Service of the cluster. */
export interface FunctionTarget {
  readonly definition: FunctionDefinition;
  readonly createdAt: Date;
  readonly replicas: { readonly wanted: number; readonly available: number };
  /** Whether calls use connections again. */
  readonly keepAlive: boolean;
  /** Calls answered so far. */
  invocations: number;
  /** The error that answers its calls, where it cannot take any. */
  readonly refusal?: PlatformError | undefined;
  /** What it has written. */
  readonly logs?: LogSource;
  /** Where it listens; undefined when it does not come up within so many milliseconds. */
  address(within: number): Promise<FunctionAddress | undefined>;
  /** Is told of a call to an address before it begins; returns what must be called when it has ended. */
  callStarted?(address: FunctionAddress): () => void;
  /** What `npm run dev` did last with it. */
  build?: BuildView | undefined;
}
