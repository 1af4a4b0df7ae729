import { useConnection, useLive } from "../shell/live-events.ts";
import { type HealthProblem, problemsOf } from "./health-problems.ts";

/** What is down now; nothing while that is unknown. */
export function useHealthProblems(): HealthProblem[] {
  const connection = useConnection();
  const health = useLive("health") ?? [];
  const functions = useLive("functions") ?? [];
  const topics = useLive("topics");
  return connection === "live" ? problemsOf(health, functions, topics) : [];
}
