import type { DocumentedAnswer } from "../openapi/api-description.ts";

/** Capabilities of a gateway; tests of missing capabilities are skipped. */
interface GatewayCapabilities {
  /** Whether functions can be changed; otherwise every change gets 405. */
  changes: boolean;
  /** Whether deployed functions start and can be called. */
  runsFunctions: boolean;
  /** Whether it accepts asynchronous calls. */
  async: boolean;
  /** Whether namespaces can be created, or are set by its settings. */
  namespaces: "changeable" | "fixed";
  /** Whether it hides the environment of functions. */
  hidesEnvironment: boolean;
  /** A function in the default namespace that the gateway did not deploy and may not change. */
  foreignFunction?: string;
}

/** A documented answer that a gateway gives differently, or never. */
export interface Difference extends Partial<DocumentedAnswer> {
  /** The statuses that it answers instead; empty: the test is skipped. */
  instead: readonly number[];
  why: string;
}

/** A server of the API under test. */
export interface GatewayUnderTest {
  credentials?: { username: string; password: string };
  /** The default namespace of functions. */
  namespace: string;
  /** An image that can be deployed there. */
  image: string;
  capabilities: GatewayCapabilities;
  /** Whether it is not ours: then HEAD requests and the bodies of errors are not tested. */
  isForeign?: boolean;
  differences?: readonly Difference[];
}
