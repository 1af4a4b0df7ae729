import type { DependencyView } from "../../src/console/live/view.ts";
import { startKafka } from "../topics/kafka-image.ts";

/** The instructions to bring a part up. */
export interface Advice {
  text: string;
  /** A shell command. */
  command?: string;
}

const isLocal = (provider: string | undefined) => provider !== "Kubernetes";

/** The behaviour of `npm start` without a setting. */
const fallbacks: Readonly<Record<string, string>> = {
  ELASTICSEARCH_URL: "documents then go to an embedded store",
  GETH_RPC_ENDPOINT: "the gateway then starts an embedded chain",
  KAFKA_BROKERS: "posts then go to the functions without Kafka",
};

const apps: Readonly<Record<string, string>> = {
  ELASTICSEARCH_URL: "elasticsearch",
  GETH_RPC_ENDPOINT: "eth-geth-tx",
  KAFKA_BROKERS: "kafka",
};

/** Returns the instructions for a dependency that is down or not configured; undefined if there is nothing to do. */
export function findAdvice(
  { kind, name, setting, state }: DependencyView,
  provider: string | undefined,
): Advice | undefined {
  if (state === "off") return offAdvice(name, setting, provider);
  if (state !== "down") return undefined;
  if (setting === "STACK" || setting === "FUNCTION_NAMESPACES") {
    return isLocal(provider)
      ? { text: "The terminal of the gateway shows the errors of builds and starts." }
      : {
          text: "Look at the pods of the functions:",
          command: "kubectl get pods -A -l app.kubernetes.io/component=function",
        };
  }
  if (kind === "embedded")
    return { text: "The log of the gateway names the cause. A restart starts it again." };
  const app = apps[setting];
  if (!isLocal(provider) && app !== undefined)
    return { text: "Look at its pods:", command: `kubectl get pods -A -l app=${app}` };
  const part = setting === "GETH_RPC_ENDPOINT" ? "a node" : name;
  return { text: `Start ${part} there, or start the gateway without ${setting}: ${fallbacks[setting]}.` };
}

function offAdvice(name: string, setting: string, provider: string | undefined): Advice {
  if (isLocal(provider) && setting === "KAFKA_BROKERS")
    return {
      text: "Optional. Start a broker, and the gateway with KAFKA_BROKERS:",
      command: startKafka.join(" && "),
    };
  const instruction = isLocal(provider)
    ? `Set ${setting} before npm start`
    : `Set ${setting} in the gateway's Deployment`;
  return { text: `Optional. ${instruction} to use ${name}.` };
}
