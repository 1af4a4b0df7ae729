import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

/** Agents that keep connections alive, named like axios's options. */
export interface KeepAliveAgents {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
}

export function keepAliveAgents(): KeepAliveAgents {
  return { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
}

/** Closes all connections, even those in use. */
export function destroyAgents({ httpAgent, httpsAgent }: KeepAliveAgents): void {
  httpAgent.destroy();
  httpsAgent.destroy();
}
