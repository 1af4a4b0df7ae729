import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const read = (name: string) => parse(readFileSync(join(__dirname, "../../../..", name), "utf8"));

it("stack.auth.yml is stack.yml with a secret for every function, and nothing else", () => {
  const open = read("stack.yml");
  for (const definition of Object.values<Record<string, unknown>>(open.functions)) {
    definition.secrets = ["hmac-key"];
    definition.environment = {
      ...(definition.environment as object),
      HMAC_SECRET_NAME: "hmac-key",
      HMAC_ALLOW_SHA1: "$" + "{HMAC_ALLOW_SHA1:-false}",
    };
  }
  expect(read("stack.auth.yml")).toEqual(open);
});

it("every function of stack.yml takes raw bodies, up to just above its own limit", () => {
  for (const { environment } of Object.values<{ environment: Record<string, string> }>(
    read("stack.yml").functions,
  )) {
    expect(environment.RAW_BODY).toBe("true");
    const [, megabytes] = /^(\d+)mb$/.exec(environment.MAX_RAW_SIZE!)!;
    expect(Number(environment.MAX_BODY_BYTES)).toBe(Number(megabytes) * 1_000_000);
  }
});
