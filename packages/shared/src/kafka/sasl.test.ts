import type { AuthenticationProviderArgs } from "kafkajs";
import { mountSecret } from "../testing/mounted-secret.ts";
import { createSasl } from "./sasl.ts";

const settings = { KAFKA_TLS: false, KAFKA_SASL_SECRET_NAME: "login" };

/** A connection that records its login requests. */
function recordedConnection() {
  const sent: string[] = [];
  const silent = () => undefined;
  const connection = {
    host: "127.0.0.1",
    port: 9092,
    logger: { debug: silent, error: silent },
    async saslAuthenticate({ request }: { request: { encode(): Promise<Buffer> } }) {
      sent.push((await request.encode()).toString());
    },
  };
  return { connection: connection as unknown as AuthenticationProviderArgs, sent };
}

describe("createSasl", () => {
  it("reads the password at each login of a connection", async () => {
    using secret = mountSecret({ login: "ada:old:horse\n" });
    const config = { ...settings, KAFKA_SASL_MECHANISM: "plain" as const, SECRETS_DIR: secret.path };
    const sasl = (await createSasl(config))!;
    if (!("authenticationProvider" in sasl)) throw new Error("it has no provider");
    const { connection, sent } = recordedConnection();
    const { authenticate } = sasl.authenticationProvider(connection);
    await authenticate();
    secret.swap({ login: "grace:new:horse\n" });
    await authenticate();
    expect(sent).toEqual([
      expect.stringMatching(/\0ada\0old:horse$/),
      expect.stringMatching(/\0grace\0new:horse$/),
    ]);
  });

  it("reports a missing secret before a connection is made", async () => {
    using secret = mountSecret({});
    const config = { ...settings, KAFKA_SASL_MECHANISM: "scram-sha-512" as const, SECRETS_DIR: secret.path };
    await expect(createSasl(config)).rejects.toMatchObject({ code: "secret_missing" });
  });
});
