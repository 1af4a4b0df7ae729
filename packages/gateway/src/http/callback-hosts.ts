import { setting, withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** The setting with the permitted hosts of callbacks. */
export function callbackHosts() {
  const schema = v.pipe(v.optional(v.string(), ""), v.transform(hostNames));
  return setting(
    "hosts besides loopback that X-Callback-Url may name",
    withFacts(schema, { values: "host names, separated by commas" }),
    { unset: "none" },
  );
}

/** Parses a comma-separated list of host names, in lower case. */
function hostNames(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}
