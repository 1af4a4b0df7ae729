/** The part of oidc-provider's interface that tests use; the package has no types. */
declare module "oidc-provider" {
  interface Token {
    accountId: string;
  }

  interface Context {
    path: string;
    headers: { authorization?: string };
    body: { access_token: string };
    oidc?: { entities: { AccessToken?: Token } };
  }

  interface Configuration {
    findAccount(context: unknown, accountId: string): { accountId: string; claims(): object };
    pkce: { required(): boolean };
    ttl: Record<string, number | ((context: unknown, token: Token) => number)>;
    [setting: string]: unknown;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    listen(port: number, host: string, listening: () => void): void;
  }
}
