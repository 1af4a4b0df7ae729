import * as v from "valibot";
import type { InferConfig } from "../config/config-reader.ts";
import { setting, withFacts } from "../config/setting.ts";
import { choice, httpUrl, text } from "../config/settings.ts";

const samplers = [
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
  "always_on",
  "always_off",
  "traceidratio",
] as const;

/** The settings of traces, with OpenTelemetry's names. */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    "OpenTelemetry collector that receives traces over OTLP/HTTP, such as http://collector:4318",
    v.optional(httpUrl()),
    { unset: "no traces" },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: setting(
    "headers of requests to the collector, NAME=VALUE separated by commas, with percent-encoded values",
    v.optional(headerList()),
    { unset: "none" },
  ),
  OTEL_SERVICE_NAME: setting("service.name in traces", v.optional(v.string()), { unset: "its own name" }),
  OTEL_TRACES_SAMPLER: setting(
    "sampler of traces; parentbased samplers follow the decision of a caller that sends a traceparent",
    choice(samplers, "parentbased_always_on"),
  ),
  OTEL_TRACES_SAMPLER_ARG: setting(
    "share of traces that the traceidratio samplers keep",
    withFacts(v.optional(ratio(), "1"), { values: "0 to 1" }),
  ),
};

/** The parsed settings of traces. */
export type TracingConfig = InferConfig<typeof tracingSettings>;

function headerList() {
  const pair = /^\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=[^,]*$/;
  const schema = v.pipe(
    text(),
    v.check((list) => list.split(",").every(isPair), "must be NAME=VALUE, separated by commas"),
    v.transform((list) => Object.fromEntries(list.split(",").map(toEntry))),
  );
  return withFacts(schema, { values: "NAME=VALUE,…" });

  function isPair(candidate: string): boolean {
    return pair.test(candidate) && !/%(?![\dA-Fa-f]{2})/.test(candidate);
  }
}

function toEntry(pair: string): [name: string, value: string] {
  const [name = "", ...value] = pair.split("=");
  return [name.trim(), decodeURIComponent(value.join("=").trim())];
}

function ratio() {
  const schema = v.pipe(text(), v.regex(/^(0|1|0?\.\d{1,9}|1\.0{1,9})$/, "must be a number from 0 to 1"));
  return v.pipe(schema, v.transform(Number));
}
