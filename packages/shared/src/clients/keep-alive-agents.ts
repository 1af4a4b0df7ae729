import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

/** Connections that axios uses again, under the names of its options. */
export interface KeepAliveAgents {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
}

export function keepAliveAgents(): KeepAliveAgents {
  return { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
}

/** Closes them, also those in use. */
export function destroyAgents({ httpAgent, httpsAgent }: KeepAliveAgents): void {
  httpAgent.destroy();
  httpsAgent.destroy();
}
