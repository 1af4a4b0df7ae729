import { run } from "../process/command.ts";

/** Where the Java on the PATH is. */
export async function javaHome(): Promise<string> {
  const settings = (await run("java", ["-XshowSettings:properties", "-version"])).stderr;
  const home = /java\.home = (.+)/.exec(settings)?.[1];
  if (home === undefined) throw new Error("java does not say where it is");
  return home.trim();
}
