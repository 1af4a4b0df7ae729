import { useConnection, useLive } from "../shell/live-events.ts";
import { type HealthProblem, listProblems } from "./health-problems.ts";

/** Returns the current problems; empty while they are unknown. */
export function useHealthProblems(): HealthProblem[] {
  const connection = useConnection();
  const health = useLive("health") ?? [];
  const functions = useLive("functions") ?? [];
  const topics = useLive("topics");
  return connection === "live" ? listProblems(health, functions, topics) : [];
}
