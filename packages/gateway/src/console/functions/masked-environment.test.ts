import { maskedEnvironment } from "./masked-environment.ts";

const shown = (name: string, value: string) => maskedEnvironment({ [name]: value })[0]!;

it.each([
  ...[
    "PASSWORD",
    "DB_PASSWORD",
    "apiKey",
    "API_KEY",
    "TOKEN",
    "GITHUB_TOKEN",
    "CLIENT_SECRET",
    "KAFKA_SASL_PASS",
  ],
  ...[
    "aws_secret_access_key",
    "SENTRY_DSN",
    "SESSION_COOKIE",
    "BASIC_AUTH",
    "WALLET_MNEMONIC",
    "SIGNING-KEY",
  ],
])("hides the value of %s", (name) => {
  expect(shown(name, "plain")).toEqual({ name, value: null, isMasked: true });
});

it.each([
  ["a key in PEM", "-----BEGIN PRIVATE KEY-----\nMIIE"],
  ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"],
  ["a private key of Ethereum", `0x${"4f".repeat(32)}`],
  ["a hexadecimal token", "d41d8cd98f00b204e9800998ecf8427e"],
  ["a random token", "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4"],
  ["a random token in a list", "region=eu,token2=A1b2C3d4E5f6G7h8I9j0K1l2M3n4"],
  ["credentials before a host", "amqp user:hunter2@rabbit:5672"],
])("hides %s under any name", (_, value) => {
  expect(shown("PLAIN", value)).toEqual({ name: "PLAIN", value: null, isMasked: true });
});

it.each([
  ["HMAC_SECRET_NAME", "hmac"],
  ["BEARER_SECRET_NAME", "bearer-token"],
  ["SECRETS_DIR", "/var/openfaas/secrets"],
  ["PASSWORD_FILE", "/run/secrets/password"],
  ["API_KEY", ""],
  ["RAW_BODY", "true"],
  ["exec_timeout", "10s"],
  ["KEYBOARD", "dvorak"],
  ["KAFKA_BROKERS", "kafka-0.kafka.data:9092,kafka-1.kafka.data:9092"],
  ["ACCOUNTS", `0x${"aB".repeat(20)}`],
  ["ELASTICSEARCH_URL", "http://elasticsearch.data:9200"],
  ["IMAGE", "registry.example/serverless-data-platform/sentiment:0.1.0"],
])("shows %s", (name, value) => {
  expect(shown(name, value)).toEqual({ name, value, isMasked: false });
});

it.each([
  ["https://mainnet.example/v3/0123abc", "https://mainnet.example/…"],
  ["https://ada:hunter2@search:9200", "https://search:9200"],
  ["https://ada:hunter2@search:9200/index?x=1", "https://search:9200/…"],
  ["ws://node:8546/?key=1, http://node:8545", "ws://node:8546/…, http://node:8545"],
  ["https://node?key=1", "https://node/…"],
])("shows only scheme and host of the URL %s", (value, expected) => {
  expect(shown("URLS", value)).toEqual({ name: "URLS", value: expected, isMasked: true });
});

it("sorts the variables, and truncates long values", () => {
  const [first, second] = maskedEnvironment({ B: "long ".repeat(1_000), A: "1" });
  expect(first).toMatchObject({ name: "A" });
  expect(second!.value).toHaveLength(1_001);
});
