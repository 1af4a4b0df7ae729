import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";

/** Options of Chart. */
interface ChartOptions {
  /** Bars start at their x values; a line has a gap at `null`. */
  kind: "line" | "bars";
  /** The x values, ascending, and the y value of each. */
  data: readonly [x: readonly number[], y: readonly (number | null)[]];
  xRange: readonly [least: number, most: number];
  /** Unset: from 0 to the largest value. */
  yRange?: readonly [least: number, most: number] | undefined;
  /** The text of an x value, below the axis and in the tooltip. */
  xText: (x: number) => string;
  yText: (y: number) => string;
  /** The text of a hovered value; unset: its x and y texts. */
  hoverText?: (x: number, y: number) => string;
  /** The possible distances between marks of the x axis; the smallest that leaves room is used. */
  xSteps: readonly number[];
  /** A sentence with the main figures, for screen readers. */
  label: string;
  /** Lets the user select a range of x values by dragging. */
  onSelect?: (from: number, to: number) => void;
  height?: number;
}

/** A chart whose values show on hover. Give each chart a table of the same numbers beside it. */
export function Chart(options: ChartOptions) {
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(options);
  latest.current = options;
  const [hovered, setHovered] = useState<number | null>(null);
  const { data, label, kind, height = 180 } = options;
  const isSelectable = options.onSelect !== undefined;

  useEffect(() => {
    const element = container.current!;
    function draw(): void {
      plot.current?.destroy();
      plot.current = undefined;
      if (element.clientWidth === 0) return;
      plot.current = new uPlot(
        plotOptions(latest, element.clientWidth, height, setHovered),
        toData(latest.current),
        element,
      );
    }
    const observer = new ResizeObserver(() => {
      if (plot.current === undefined) draw();
      else if (element.clientWidth > 0) plot.current.setSize({ width: element.clientWidth, height });
    });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    document.addEventListener("theme", draw);
    observer.observe(element);
    return () => {
      observer.disconnect();
      scheme.removeEventListener("change", draw);
      document.removeEventListener("theme", draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [kind, height, isSelectable]);
  useEffect(() => plot.current?.setData(toData(options)), [data]);

  return (
    <div class="chart">
      <div ref={container} role="img" aria-label={label} />
      <p class="hovered quiet">{hovered === null ? "" : describe(options, hovered)}</p>
    </div>
  );
}

function describe({ data: [x, y], xText, yText, hoverText }: ChartOptions, index: number): string {
  const value = y[index];
  if (value == null) return "";
  return hoverText?.(x[index]!, value) ?? `${xText(x[index]!)}: ${yText(value)}`;
}

function toData({ data: [x, y] }: ChartOptions): uPlot.AlignedData {
  return [[...x], [...y]];
}

function plotOptions(
  latest: { readonly current: ChartOptions },
  width: number,
  height: number,
  setHovered: (index: number | null) => void,
): uPlot.Options {
  const { kind, onSelect } = latest.current;
  return {
    width,
    height,
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: kind === "line" },
      drag: { x: onSelect !== undefined, y: false, setScale: false },
    },
    scales: {
      x: { time: false, range: () => [...latest.current.xRange] as [number, number] },
      y: {
        range: (_plot, _least, most) =>
          latest.current.yRange
            ? ([...latest.current.yRange] as [number, number])
            : [0, Math.max(1, most * 1.1)],
      },
    },
    axes: [
      axis({
        space: 60,
        size: 30,
        incrs: [...latest.current.xSteps],
        values: (_plot, marks) => marks.map((mark) => latest.current.xText(mark)),
      }),
      axis({ size: 52, values: (_plot, marks) => marks.map((mark) => latest.current.yText(mark)) }),
    ],
    series: [{}, kind === "bars" ? bars() : line()],
    hooks: {
      setCursor: [({ cursor }) => setHovered(cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width: selected } = plot.select;
          if (selected > 0)
            latest.current.onSelect?.(plot.posToVal(left, "x"), plot.posToVal(left + selected, "x"));
        },
      ],
    },
  };
}

function axis(own: uPlot.Axis): uPlot.Axis {
  const grid = { stroke: colour("--line"), width: 1 };
  return { stroke: colour("--quiet"), font: "12px system-ui, sans-serif", grid, ticks: grid, ...own };
}

function line(): uPlot.Series {
  const stroke = colour("--bar");
  return { stroke, width: 2, points: { show: true, size: 5, fill: stroke, stroke }, spanGaps: false };
}

function bars(): uPlot.Series {
  // A bar spans from its x value to the next.
  const paths = uPlot.paths.bars?.({ size: [0.92, 120], align: 1 });
  return { fill: colour("--bar"), width: 0, points: { show: false }, ...(paths ? { paths } : {}) };
}

/** Returns a colour of base.css in the current theme. */
function colour(name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
