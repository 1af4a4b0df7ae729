import type { PeerProblems } from "./check-peers.ts";
import type { LoginFiles } from "./login-files.ts";

/** The facts in the text of `npm start`. */
export interface WelcomeFacts {
  url: string;
  /** The embedded chain's URL; unset with GETH_RPC_ENDPOINT. */
  chain: string | undefined;
  /** The embedded store's file; unset with ELASTICSEARCH_URL. */
  store: string | undefined;
  hasKafka: boolean;
  /** The files of the login; unset without a login. */
  login: LoginFiles | undefined;
  problems: PeerProblems;
  /** The names of functions whose build failed. */
  notBuilt: readonly string[];
}

/** Renders the text that `npm start` prints when it is ready: URLs, services, and example calls. */
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
