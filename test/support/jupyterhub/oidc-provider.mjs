// oidc-provider.mjs PORT CLIENT_SECRET REDIRECT_URI: an OpenID provider at http://127.0.0.1:PORT with the client `jupyterhub`. Its login page accepts every
// name with any password. Codes of the user `late` and access tokens of the user `stale` expire after a second.
import { setTimeout as pause } from "node:timers/promises";
import { Provider } from "oidc-provider";

const [port, secret, redirectUri] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "jupyterhub",
      client_secret: secret,
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  clockTolerance: 0, // the default lets an expired token pass for a while
  claims: { openid: ["sub"], profile: ["preferred_username"] },
  cookies: { keys: ["a key for tests"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_context, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, preferred_username: accountId }),
  }),
  pkce: { required: () => true },
  ttl: {
    AccessToken: (_context, { accountId }) => (accountId === "stale" ? 1 : 60),
    AuthorizationCode: (_context, { accountId }) => (accountId === "late" ? 1 : 60),
    IdToken: 60,
    Interaction: 60,
    Grant: 60,
    Session: 60,
  },
});

// JupyterHub requests the user's data at once, so that of `stale` waits until the token has expired.
const stale = new Set();
provider.use(async (context, next) => {
  const { headers, path } = context;
  if (path === "/me" && stale.has(headers.authorization?.replace(/^Bearer /, ""))) await pause(2_100);
  await next();
  if (path === "/token" && context.oidc?.entities.AccessToken?.accountId === "stale")
    stale.add(context.body.access_token);
});

provider.listen(Number(port), "127.0.0.1", () => process.stdout.write("listening\n"));
