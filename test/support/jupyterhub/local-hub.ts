import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { parse, stringify } from "yaml";
import { proxyFolder } from "../kubernetes/jupyterhub-image.ts";
import { nodeBinary } from "../node-binary.ts";
import { startProgram, waitForProgram } from "../process/program.ts";
import { jupyterhubEnvironment } from "../python/jupyterhub-environment.ts";
import { root } from "../repo.ts";

/** An OpenID provider on this machine, with the client `jupyterhub`. */
export interface StartedProvider extends AsyncDisposable {
  url: string;
  secret: string;
}

/** Starts oidc-provider; its login page accepts every name with any password. */
export async function startOidcProvider(redirectUri: string): Promise<StartedProvider> {
  const port = await freePort(0);
  const secret = "the client's secret";
  const program = startProgram({
    command: [nodeBinary(24)!, join(__dirname, "oidc-provider.mjs"), String(port), secret, redirectUri],
    env: process.env,
  });
  await waitForProgram("oidc-provider", program, () => program.output().includes("listening"));
  return { url: `http://127.0.0.1:${port}`, secret, [Symbol.asyncDispose]: program[Symbol.asyncDispose] };
}

/** A hub on this machine. */
export interface StartedHub extends AsyncDisposable {
  url: string;
  /** Returns its log. */
  output(): string;
}

/** Parameters of a hub's login by OpenID Connect. */
export interface HubOptions {
  port: number;
  provider: string;
  secret: string;
}

/** Starts JupyterHub with its proxy and the login of components/jupyterhub-oidc. It starts no servers. */
export async function startHub({ port, provider, secret }: HubOptions): Promise<StartedHub> {
  const [python, proxy] = [await jupyterhubEnvironment(), await proxyFolder()];
  const folder = mkdtempSync(join(tmpdir(), "hub-"));
  const url = `http://127.0.0.1:${port}`;
  const [hubPort, apiPort] = [await freePort(0), await freePort(0)];
  const component = join(root, "deploy", "components", "jupyterhub-oidc");
  cpSync(join(component, "login.py"), join(folder, "login.py"));
  writeFileSync(
    join(folder, "oidc.yaml"),
    stringify({ ...oidcSettings(component), ...endpoints(provider, url) }),
  );
  const program = join(proxy, "node_modules", "configurable-http-proxy", "bin", "configurable-http-proxy");
  const config = join(folder, "jupyterhub_config.py");
  writeFileSync(
    config,
    `c = get_config()
c.JupyterHub.bind_url = "${url}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:${hubPort}"
c.JupyterHub.db_url = "sqlite:///${folder}/hub.sqlite"
c.JupyterHub.default_url = "/hub/home"
c.JupyterHub.spawner_class = "simple"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${apiPort}"
c.ConfigurableHTTPProxy.command = ${JSON.stringify([nodeBinary(24), program])}
load_subconfig("login.py", path="${folder}")
`,
  );
  const started = startProgram({
    command: [python, "-m", "jupyterhub", "--config", config],
    cwd: folder,
    env: { ...process.env, OAUTH_CLIENT_SECRET: secret, JPY_COOKIE_SECRET: "00".repeat(32) },
  });
  const isRunning = () => started.output().includes("JupyterHub is now running");
  await waitForProgram("JupyterHub", started, isRunning, 300_000);
  return {
    url,
    output: started.output,
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function oidcSettings(component: string): Record<string, unknown> {
  return parse(readFileSync(join(component, "oidc.yaml"), "utf8"));
}

/** Replaces the placeholders by this provider's endpoints, as in its discovery document. */
function endpoints(provider: string, hub: string): Record<string, string> {
  return {
    authorize_url: `${provider}/auth`,
    token_url: `${provider}/token`,
    userdata_url: `${provider}/me`,
    oauth_callback_url: `${hub}/hub/oauth_callback`,
  };
}
