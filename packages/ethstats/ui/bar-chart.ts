import { element, setText } from "@platform/shared/ui/dom";

/** A bar, or a gap for an unknown value. */
interface Bar {
  value: number | null;
  /** The tooltip of the bar. */
  title: string;
  /** A class for its colour. */
  className?: string;
}

/** The data of a chart. */
interface BarChartData {
  bars: readonly Bar[];
  /** The value of the full height; the highest bar by default. */
  scale?: number | null;
  /** The summary number in the caption. */
  figure: string;
  /** The text for screen readers. */
  description: string;
  /** Texts below the chart, from left to right. */
  labels: readonly string[];
}

/** A bar chart that is updated in place. */
export interface BarChart {
  figure: HTMLElement;
  show(data: BarChartData): void;
}

const width = 500;
const height = 100;
/** The height of the smallest bar above zero. */
const minHeight = 2;

/** Creates a chart without bars. */
export function createBarChart(name: string): BarChart {
  const number = element("strong");
  const labels = element("div", { className: "labels" });
  const svg = svgElement("svg", {
    role: "img",
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
  });
  const caption = element("figcaption", {}, element("span", {}, name), number);
  const figure = element("figure", {}, caption);
  figure.append(svg, labels);
  const rectangles: SVGElement[] = [];

  return {
    figure,
    show(data) {
      setText(number, data.figure);
      svg.setAttribute("aria-label", `${name}: ${data.description}`);
      fitChildren(labels, data.labels.length, () => element("span"));
      for (const [index, label] of data.labels.entries()) setText(labels.children[index]!, label);
      while (rectangles.length > data.bars.length) rectangles.pop()?.remove();
      while (rectangles.length < data.bars.length) rectangles.push(addRectangle(svg));
      const scale = data.scale ?? Math.max(0, ...data.bars.map(({ value }) => value ?? 0));
      const step = width / data.bars.length;
      for (const [index, bar] of data.bars.entries()) {
        drawBar(rectangles[index]!, bar, { scale, step, index });
      }
    },
  };
}

/** Creates an element of an SVG. */
export function svgElement(tag: string, attributes: Record<string, string> = {}): SVGElement {
  const created = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  return created;
}

function addRectangle(svg: SVGElement): SVGElement {
  const rectangle = svgElement("rect");
  rectangle.append(svgElement("title"));
  svg.append(rectangle);
  return rectangle;
}

function drawBar(
  rectangle: SVGElement,
  { value, title, className = "" }: Bar,
  { scale, step, index }: { scale: number; step: number; index: number },
): void {
  const share = scale > 0 ? Math.min(1, (value ?? 0) / scale) : 0;
  const barHeight = (value ?? 0) > 0 ? Math.max(minHeight, height * share) : 0;
  setAttribute(rectangle, "x", (step * (index + 0.1)).toFixed(2));
  setAttribute(rectangle, "width", (step * 0.8).toFixed(2));
  setAttribute(rectangle, "y", (height - barHeight).toFixed(2));
  setAttribute(rectangle, "height", barHeight.toFixed(2));
  setAttribute(rectangle, "class", className);
  setText(rectangle.firstElementChild!, title);
}

function setAttribute(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

function fitChildren(parent: Element, count: number, create: () => Element): void {
  while (parent.children.length > count) parent.lastElementChild?.remove();
  while (parent.children.length < count) parent.append(create());
}
