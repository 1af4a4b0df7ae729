import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import { integer, text } from "@platform/shared/config/settings";
import * as v from "valibot";
import { isMachineAddress } from "./enode.ts";

/** The settings of the sidecar of a boot node. */
export const readBootnodeServerConfig = configReader({
  POD_IP: setting("address at which the network reaches the boot node", machineAddress()),
  BOOTNODE_ID_FILE: setting(
    "file with the id of the boot node's enode URL: 128 hexadecimal digits",
    v.optional(v.string(), "/etc/bootnode/id"),
  ),
  BOOTNODE_PORT: setting("UDP port of the boot node", integer({ fallback: 30_301, min: 1, max: 65_535 })),
  ...serviceSettings({ port: 8080 }),
});

/** The parsed settings of the sidecar of a boot node. */
export type BootnodeServerConfig = ReturnType<typeof readBootnodeServerConfig>;

function machineAddress() {
  const schema = v.pipe(text(), v.check(isMachineAddress, "must be a unicast IP address"));
  return withFacts(schema, { values: "an IP address" });
}
