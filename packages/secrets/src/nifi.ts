import { randomPassword } from "./account.ts";
import { makeCertificates } from "./certificates.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

const username = "admin";
const service = "nifi.data.svc.cluster.local";
/** The names of the pods and of the service, and localhost for `kubectl port-forward`. */
const hosts = [
  ...[service, "nifi.data.svc", "nifi.data"].flatMap((name) => [name, `*.${name}`]),
  "nifi",
  "localhost",
  "127.0.0.1",
];

/**
 * Creates the secrets of NiFi. Secret `nifi` (`kubernetes/nifi.yaml`) has the login, the key of sensitive properties and a
 * certificate for all nodes. Secret `nifi-login` is for the notebooks (`kubernetes-data-lab/nifi-login.yaml`).
 * `nifi/password` and `nifi/ca.pem` are for `npm run nifi`.
 */
export function nifiSecrets(now: Date): NewFile[] {
  const password = randomPassword();
  const { authority, certificate, key } = makeCertificates({ name: service, hosts, now });
  const login = { username, password };
  const files = { "ca.crt": authority, "tls.crt": certificate, "tls.key": key };
  return [
    { path: "nifi/password", text: `${password}\n` },
    { path: "nifi/ca.pem", text: authority },
    {
      path: "kubernetes/nifi.yaml",
      text: toYaml([
        secret("nifi", "nifi", { ...login, "sensitive-properties-key": randomPassword(), ...files }),
      ]),
    },
    {
      path: "kubernetes-data-lab/nifi-login.yaml",
      text: toYaml([secret("nifi-login", "jupyterhub", { ...login, "ca.crt": authority }, "data-lab")]),
    },
  ];
}
