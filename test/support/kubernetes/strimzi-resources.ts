import { join } from "node:path";
import { copyJars } from "../java/maven.ts";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";
import type { KubernetesObject } from "./kubernetes.ts";

/** The newest version of Strimzi's classes in Maven, and the first with the API kafka.strimzi.io/v1. */
const api = "io.strimzi:api:0.49.0";

/** Returns the properties of Strimzi's custom resources that Strimzi's own classes do not know, each with its path. */
export async function unknownStrimziProperties(resources: readonly KubernetesObject[]): Promise<string[]> {
  const jars = await cached(cacheFolder("strimzi", api.split(":").at(-1)!), (draft) =>
    copyJars([api, "org.slf4j:slf4j-nop:2.0.17"], draft),
  );
  const program = join(root, "test", "support", "kubernetes", "StrimziResources.java");
  const printed = await succeed("java", ["-XX:TieredStopAtLevel=1", "-cp", join(jars, "*"), program], {
    input: JSON.stringify(resources),
  });
  return printed.split("\n").filter((line) => line !== "");
}
