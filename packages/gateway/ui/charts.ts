import uPlot from "uplot";

/** A chart that is drawn anew with new values, sizes and colours. */
export interface Chart {
  /** The columns: x first. */
  show(data: uPlot.AlignedData, range: [number, number]): void;
}

/** What a chart looks like. */
export interface ChartOptions {
  /** Lines with points, or bars. */
  bars: boolean;
  /** Of the y axis; unset: from 0 to what there is. */
  yRange?: [number, number];
  xLabel: (value: number) => string;
  /** The steps between the x axis' marks: the least that leaves room. */
  xSteps: readonly number[];
}

const height = 180;
const redraws: (() => void)[] = [];

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const redraw of redraws) redraw();
});

/** A chart in an element, as wide as that is. */
export function createChart(place: HTMLElement, options: ChartOptions): Chart {
  let plot: uPlot | undefined;
  let shown: { data: uPlot.AlignedData; range: [number, number] } | undefined;

  function draw(): void {
    plot?.destroy();
    plot = undefined;
    if (shown === undefined || place.clientWidth === 0) return;
    const { data } = shown;
    plot = new uPlot(
      {
        width: place.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, range: () => shown!.range },
          y: { range: (_plot, _least, most) => options.yRange ?? [0, Math.max(1, most * 1.1)] },
        },
        axes: [xAxis(options), axis({ size: 44 })],
        series: [{}, options.bars ? bars() : line()],
      },
      data,
      place,
    );
  }

  redraws.push(draw);
  new ResizeObserver(() => {
    if (plot === undefined) draw();
    else if (place.clientWidth > 0) plot.setSize({ width: place.clientWidth, height });
  }).observe(place);
  return {
    show(data, range) {
      shown = { data, range };
      if (plot === undefined) draw();
      else plot.setData(data);
    },
  };
}

function xAxis({ xLabel, xSteps }: ChartOptions): uPlot.Axis {
  return axis({ space: 60, incrs: [...xSteps], values: (_plot, marks) => marks.map(xLabel) });
}

function axis(own: uPlot.Axis): uPlot.Axis {
  const grid = { stroke: colour("--line"), width: 1 };
  return { stroke: colour("--quiet"), font: "12px system-ui, sans-serif", grid, ticks: grid, ...own };
}

function line(): uPlot.Series {
  const stroke = colour("--bar");
  return { stroke, width: 2, points: { show: true, size: 5, fill: stroke, stroke }, spanGaps: true };
}

function bars(): uPlot.Series {
  const paths = uPlot.paths.bars?.({ size: [0.8, 80] });
  return {
    fill: colour("--bar"),
    width: 0,
    points: { show: false },
    ...(paths ? { paths } : {}),
  };
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
