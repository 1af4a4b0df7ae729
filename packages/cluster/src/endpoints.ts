/** An address of the platform that `up` forwards to this machine. */
export interface Endpoint {
  title: string;
  namespace: string;
  service: string;
  /** The port of the Service. */
  port: number;
  /** The preferred port on this machine. */
  localPort: number;
  scheme: "http" | "https";
  path: string;
  /** The user, and the file with the password. */
  login?: string;
  /** An example call. */
  example?: (url: string) => string;
}

/** All endpoints of a platform, in display order. */
export function allEndpoints(secrets: string): readonly Endpoint[] {
  return [
    {
      ...{ title: "Console", namespace: "data", service: "gateway", port: 8080, localPort: 8080 },
      ...{ scheme: "http", path: "/ui/", login: `user admin, password in ${secrets}/gateway/password` },
      example: (url) => `curl -d 'People are kind' ${url}/function/sentiment`,
    },
    {
      ...{ title: "Ethstats", namespace: "data", service: "eth-ethstats", port: 8080, localPort: 8081 },
      ...{ scheme: "http", path: "/" },
    },
    {
      ...{ title: "NiFi", namespace: "data", service: "nifi", port: 8443, localPort: 8443 },
      ...{ scheme: "https", path: "/nifi/", login: `user admin, password in ${secrets}/nifi/password` },
    },
    {
      ...{ title: "Elasticsearch", namespace: "data", service: "elasticsearch", port: 9200, localPort: 9200 },
      ...{ scheme: "http", path: "/" },
    },
    {
      ...{ title: "Ethereum RPC", namespace: "data", service: "eth-geth-tx", port: 8545, localPort: 8545 },
      ...{ scheme: "http", path: "/" },
    },
    {
      ...{ title: "JupyterHub", namespace: "data-lab", service: "proxy-public", port: 80, localPort: 8000 },
      ...{ scheme: "http", path: "/", login: `user lab, password in ${secrets}/jupyterhub/password` },
    },
    {
      ...{ title: "Grafana", namespace: "monitoring", service: "grafana", port: 3000, localPort: 3000 },
      ...{ scheme: "http", path: "/" },
    },
  ];
}

/** The URL of an endpoint on this machine. */
function endpointUrl({ scheme, path }: Endpoint, localPort: number): string {
  return `${scheme}://127.0.0.1:${localPort}${path}`;
}

/** An endpoint with its forwarded port. */
export interface ForwardedEndpoint {
  endpoint: Endpoint;
  localPort: number;
}

/** Formats a list of endpoints. */
export function endpointLines(list: readonly ForwardedEndpoint[]): string[] {
  const width = Math.max(0, ...list.map(({ endpoint }) => endpoint.title.length));
  const lines = list.flatMap(({ endpoint, localPort }) => {
    const login = endpoint.login === undefined ? "" : `  (${endpoint.login})`;
    return [`  ${endpoint.title.padEnd(width)}  ${endpointUrl(endpoint, localPort)}${login}`];
  });
  const examples = list.flatMap(({ endpoint, localPort }) => {
    const { scheme, example } = endpoint;
    return example === undefined ? [] : [`  ${example(`${scheme}://127.0.0.1:${localPort}`)}`];
  });
  return examples.length === 0 ? lines : [...lines, "", ...examples];
}
