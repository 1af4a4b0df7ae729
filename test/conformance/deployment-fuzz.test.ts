import { randomInt } from "node:crypto";
import { parseDeployment } from "@platform/gateway/http/system/parse-deployment";
import { readSecretValue } from "@platform/gateway/http/system/secret-value";
import { PlatformError } from "@platform/shared/errors/platform-error";
import fc from "fast-check";

const seed = Number(process.env.FUZZ_SEED || randomInt(2 ** 31));
const keys = [
  ...[
    "service",
    "image",
    "namespace",
    "envProcess",
    "envVars",
    "constraints",
    "secrets",
    "labels",
    "annotations",
  ],
  ...["limits", "requests", "readOnlyRootFilesystem", "registryAuth", "network", "__proto__", "constructor"],
];
const texts = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom("com.openfaas.scale.min", "memory")),
  fc.string(),
);
const bodies = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(
    fc.constantFrom(...keys),
    fc.oneof(fc.jsonValue(), texts, fc.array(fc.string()), fc.string()),
  ),
  texts.chain((labels) =>
    fc.constantFrom({ service: "x", image: "x", labels }, { service: "x", image: "x", envVars: labels }),
  ),
);

/** Whether the promise resolves, or rejects with an error of the caller. */
function isHarmless(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    return error instanceof PlatformError && error.status === 400 && error.message.length < 10_000;
  }
}

it(`any JSON is a deployment or gets 400 (FUZZ_SEED=${seed})`, () => {
  fc.assert(
    fc.property(bodies, (body) => isHarmless(() => parseDeployment(body))),
    { seed, numRuns: 2_000 },
  );
});

it(`any text is the value of a secret or gets 400 (FUZZ_SEED=${seed})`, () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.string(), fc.base64String()), (value, rawValue) =>
      isHarmless(() => readSecretValue({ value, rawValue })),
    ),
    { seed, numRuns: 2_000 },
  );
});
