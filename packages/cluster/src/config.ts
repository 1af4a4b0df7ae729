import { configReader, type InferConfig } from "@platform/shared/config/config-reader";
import { setting, withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** The settings of `npm run cluster`. */
export const clusterSettings = {
  KUBECONFIG: setting(
    "kubeconfig of an existing cluster; used only with --context or CLUSTER_LOAD",
    withFacts(v.optional(v.string()), { values: "a file" }),
    { unset: "a new cluster" },
  ),
  CLUSTER_LOAD: setting(
    "program that loads images of the local Docker engine into the existing cluster; its arguments are their names",
    withFacts(v.optional(v.string()), { values: "a program" }),
    { unset: "the tool that the context belongs to" },
  ),
};

export type ClusterConfig = InferConfig<typeof clusterSettings>;

export const readClusterConfig = configReader(clusterSettings);
