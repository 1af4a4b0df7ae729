import { run } from "../process/command.ts";

/** Returns java.home of the Java on the PATH. */
export async function javaHome(): Promise<string> {
  const settings = (await run("java", ["-XshowSettings:properties", "-version"])).stderr;
  const home = /java\.home = (.+)/.exec(settings)?.[1];
  if (home === undefined) throw new Error("java -XshowSettings prints no java.home");
  return home.trim();
}
