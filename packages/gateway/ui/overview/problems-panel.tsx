import { findAdvice } from "../health/advice.ts";
import type { HealthProblem } from "../health/health-problems.ts";
import { useHealthProblems } from "../health/use-health-problems.ts";
import { RelativeTime } from "../parts/relative-time.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";

/** Problems with reasons and instructions; renders nothing without problems. */
export function ProblemsPanel() {
  const problems = useHealthProblems();
  if (problems.length === 0) return null;
  return (
    <section class="panel overview-problems" aria-labelledby="overview-problems" role="alert">
      <div class="head">
        <h2 id="overview-problems">Down</h2>
        <a href={viewUrl(["health"])}>To Health</a>
      </div>
      <ul>
        {problems.map((problem) => (
          <Problem key={problem.key} problem={problem} />
        ))}
      </ul>
    </section>
  );
}

function Problem({
  problem: { name, detail, setting, lastUp, path, dependency },
}: {
  problem: HealthProblem;
}) {
  const provider = useLive("about")?.provider;
  const advice = dependency && findAdvice(dependency, provider);
  return (
    <li>
      <strong>
        <a href={viewUrl(path)}>{name}</a>
      </strong>{" "}
      {setting !== undefined && <code>{setting}</code>} {detail}{" "}
      {lastUp !== undefined && (
        <>
          It last answered <RelativeTime time={lastUp} />.{" "}
        </>
      )}
      {advice && (
        <span class="quiet">
          {advice.text} {advice.command && <code>{advice.command}</code>}
        </span>
      )}
    </li>
  );
}
