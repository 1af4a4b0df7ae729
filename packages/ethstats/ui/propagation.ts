import { createBarChart, svgElement } from "./bar-chart.ts";
import { countText, none } from "./format.ts";
import { sum } from "./summary.ts";

/** The lower bound of each bucket, in seconds. */
const bounds = [0, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10];
const bucketNames = bounds.map((bound, index) => {
  const next = bounds[index + 1];
  return next === undefined ? `${bound} s or more` : `${bound} to ${next} s`;
});

/** Creates the histogram of the whole network. Returns its update function. */
export function createPropagationHistogram(container: HTMLElement): (histogram: readonly number[]) => void {
  const chart = createBarChart("Propagation to nodes");
  chart.figure.classList.add("histogram");
  container.append(chart.figure);
  return (histogram) => {
    const total = sum(histogram);
    const bars = bounds.map((_, index) => {
      const count = histogram[index] ?? 0;
      return {
        value: count,
        title: `${bucketNames[index]}: ${shareText(count, total)}, ${countText(count)} reports`,
      };
    });
    chart.show({
      bars,
      figure: total === 0 ? none : `${shareText(sum(histogram.slice(0, 4)), total)} < 1 s`,
      description: describeHistogram(histogram),
      labels: bounds.map((bound, index) => (index === bounds.length - 1 ? `${bound} s` : String(bound))),
    });
  };
}

/** Creates the sparkline histogram of a node. */
export function createSparkline(): SVGElement {
  const svg = svgElement("svg", { role: "img", viewBox: "0 0 40 12", preserveAspectRatio: "none" });
  svg.append(svgElement("path"), svgElement("title"));
  return svg;
}

/** Draws all bars of a histogram as one path. */
export function drawSparkline(svg: Element, histogram: readonly number[]): void {
  const most = Math.max(1, ...histogram);
  const path = bounds
    .map((_, index) => {
      const count = histogram[index] ?? 0;
      const height = count === 0 ? 0.5 : Math.max(1.5, (12 * count) / most);
      return `M${4 * index} 12V${(12 - height).toFixed(1)}h3V12z`;
    })
    .join("");
  svg.firstElementChild!.setAttribute("d", path);
  const description = describeHistogram(histogram);
  svg.setAttribute("aria-label", description);
  svg.lastElementChild!.textContent = description;
}

/** Describes a histogram as text, without empty buckets. */
function describeHistogram(histogram: readonly number[]): string {
  const parts = histogram.flatMap((count, index) => (count === 0 ? [] : [`${bucketNames[index]}: ${count}`]));
  return parts.length === 0 ? "no blocks yet" : parts.join(", ");
}

function shareText(count: number, total: number): string {
  return total === 0 ? none : `${Math.round((100 * count) / total)} %`;
}
