import type { PeerProblems } from "./check-peers.ts";
import type { LoginFiles } from "./login-files.ts";

/** Facts of the text that `npm start` prints. */
export interface WelcomeFacts {
  url: string;
  /** The embedded chain's URL; unset: GETH_RPC_ENDPOINT names nodes. */
  chain: string | undefined;
  /** The embedded store's file; unset: ELASTICSEARCH_URL names another. */
  store: string | undefined;
  hasKafka: boolean;
  /** Unset: there is no login. */
  login: LoginFiles | undefined;
  problems: PeerProblems;
  /** The functions whose build failed. */
  notBuilt: readonly string[];
}

/** The text that `npm start` prints when it is ready: URLs, services, and calls to try. */
export function welcome({ url, chain, store, hasKafka, login, problems, notBuilt }: WelcomeFacts): string {
  const set = (setting: string) => {
    const problem = problems.get(setting);
    return problem === undefined ? `${setting} is set` : `${setting} is set, but does not answer: ${problem}`;
  };
  const broken = notBuilt.map(
    (name) =>
      `\n  ${name} is not built; its calls get 503 with the error of the build, which is printed above.`,
  );
  return `
The gateway listens on ${url}
The console is at    ${url}/ui/
${login === undefined ? "" : loginLines(login)}
  Ethereum:      ${chain === undefined ? set("GETH_RPC_ENDPOINT") : `embedded chain at ${chain}, chain id 27587`}
  Elasticsearch: ${store === undefined ? set("ELASTICSEARCH_URL") : `embedded store ${store}`}
  Kafka:         ${hasKafka ? set("KAFKA_BROKERS") : "off (KAFKA_BROKERS is not set)"}
${broken.join("")}${broken.length === 0 ? "" : "\n"}
Try:
  curl -d 'People are kind' ${url}/function/sentiment
  curl ${url}/function/last-block
  curl -d '{"text":"Kubernetes is easy","created_at":"Wed Oct 10 20:19:24 +0000 2018","user":{"screen_name":"ada","name":"Ada"}}' ${url}/function/tweet-enrich

Ctrl-C stops it.`;
}

function loginLines({ user, password, isNew }: LoginFiles): string {
  return `
All but calls of functions requires the login; the connection is plain HTTP.
  User:     in ${user}
  Password: in ${password}${isNew ? ", generated just now" : ""}
`;
}
