import { useHealthProblems } from "../health/use-health-problems.ts";
import { countedText } from "../parts/format.ts";
import { viewUrl } from "./router.ts";
import { ViewIcon } from "./view-icon.tsx";
import { views } from "./views.ts";

/** Links to all views: at the side of a wide screen, at the bottom of a phone. */
export function Navigation({ current }: { current: string }) {
  const problems = useHealthProblems().length;
  return (
    <nav aria-label="Views">
      <ul>
        {views.map(({ name, title }) => (
          <li key={name}>
            <a href={viewUrl(name === "" ? [] : [name])} aria-current={name === current ? "page" : undefined}>
              <ViewIcon name={name} />
              <span>{title}</span>
              {name === "health" && problems > 0 && (
                <span class="badge" title={`${countedText(problems, "part")} down`}>
                  {problems}
                  <span class="unseen"> down</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
