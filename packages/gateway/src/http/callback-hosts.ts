import { setting, withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** The setting with the hosts that callbacks may go to. */
export function callbackHosts() {
  const schema = v.pipe(v.optional(v.string(), ""), v.transform(hostNames));
  return setting(
    "hosts besides loopback that X-Callback-Url may name",
    withFacts(schema, { values: "host names, separated by commas" }),
    { unset: "none" },
  );
}

/** The host names of a list with commas, in lower case. */
function hostNames(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}
