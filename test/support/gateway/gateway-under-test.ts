import type { DocumentedAnswer } from "../openapi/api-description.ts";

/** Capabilities of a gateway; tests of others are skipped. */
interface GatewayCapabilities {
  /** Whether functions can be changed; else every change is 405. */
  changes: boolean;
  /** Whether what is deployed comes up and can be called. */
  runsFunctions: boolean;
  /** Whether it takes asynchronous calls. */
  async: boolean;
  /** Whether namespaces can be made, or come from its settings. */
  namespaces: "changeable" | "fixed";
  /** Whether the environment of functions is not shown. */
  hidesEnvironment: boolean;
  /** A function in the default namespace that the gateway did not deploy and does not change. */
  foreignFunction?: string;
}

/** A documented answer that a gateway gives in another way, or never. */
export interface Difference extends Partial<DocumentedAnswer> {
  /** The statuses that it has instead; none: the test is skipped. */
  instead: readonly number[];
  why: string;
}

/** A server of the API. */
export interface GatewayUnderTest {
  credentials?: { username: string; password: string };
  /** The default namespace of functions. */
  namespace: string;
  /** An image that can be deployed there. */
  image: string;
  capabilities: GatewayCapabilities;
  /** Whether it is not ours: then HEAD and the bodies of errors are its own affair. */
  isForeign?: boolean;
  differences?: readonly Difference[];
}
