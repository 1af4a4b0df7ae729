import { configReader } from "../config/config-reader.ts";
import { findConfigProblems } from "../testing/find-config-problems.ts";
import { tracingSettings } from "./tracing-settings.ts";

const read = configReader(tracingSettings);

it("is off by default, and follows the sampling of the caller", () => {
  expect(read({})).toEqual({ OTEL_TRACES_SAMPLER: "parentbased_always_on", OTEL_TRACES_SAMPLER_ARG: 1 });
});

it("reads headers with percent-encoded values", () => {
  const { OTEL_EXPORTER_OTLP_HEADERS: headers } = read({
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20YTpi, x-team = a=b",
  });
  expect(headers).toEqual({ authorization: "Basic YTpi", "x-team": "a=b" });
});

it.each(["nothing", "a=%zz", "=b", "a=b,,"])("refuses the headers %j", (value) => {
  expect(findConfigProblems(read, { OTEL_EXPORTER_OTLP_HEADERS: value })).toEqual([
    "OTEL_EXPORTER_OTLP_HEADERS must be NAME=VALUE, separated by commas",
  ]);
});

it.each([
  ["0", 0],
  ["0.25", 0.25],
  [".5", 0.5],
  ["1.0", 1],
])("reads the share %j", (value, ratio) => {
  expect(read({ OTEL_TRACES_SAMPLER_ARG: value }).OTEL_TRACES_SAMPLER_ARG).toBe(ratio);
});

it.each(["2", "-1", "1.5", "half"])("refuses the share %j", (value) => {
  expect(findConfigProblems(read, { OTEL_TRACES_SAMPLER_ARG: value })).toEqual([
    "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
  ]);
});
