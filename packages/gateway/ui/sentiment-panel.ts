import { element, find, setText, table, whileOpen } from "@platform/shared/ui/dom";
import type { ScoredPost, SentimentSummary, SentimentView } from "../src/dashboard/view.ts";
import { createChart } from "./charts.ts";
import { countText, hourText, polarityText, timeText } from "./format.ts";

/** The shortest time that the chart covers, in milliseconds: a chart of the first minute looks like one. */
const shortest = 120_000;
/** Steps of the time axis, in seconds. */
const timeSteps = [60, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];

/** Shows the documents of the window that is chosen; returns its update function. */
export function sentimentPanel(): (view: SentimentView) => void {
  let view: SentimentView | undefined;
  const polarity = find("#polarity-chart");
  const histogram = find("#histogram-chart");
  const overTime = createChart(polarity, {
    bars: false,
    yRange: [-1, 1],
    xLabel: (seconds) => hourText(seconds * 1_000),
    xSteps: timeSteps,
  });
  const bars = createChart(histogram, {
    bars: true,
    xSteps: [1],
    xLabel: (place) => barNames[place] ?? "",
  });
  const shownSummary = () =>
    view?.[find<HTMLInputElement>("input[name=window]:checked").value as "hour" | "day"];
  const fillTimes = whileOpen(find("#polarity-table"), () => timeTable(shownSummary()!));
  const fillBars = whileOpen(find("#histogram-table"), () => barTable(shownSummary()!));

  function show(): void {
    const summary = shownSummary();
    if (summary === undefined) return;
    find("#no-posts").hidden = summary.count > 0;
    find("#posts").hidden = summary.count === 0;
    setText(find("#mean"), summary.mean === null ? "–" : polarityText(summary.mean));
    setText(find("#count"), countText(summary.count));
    const steps = summary.overTime;
    overTime.show(
      [steps.map(({ time }) => time / 1_000), steps.map(({ mean }) => mean)],
      [firstTime(summary) / 1_000, summary.to / 1_000],
    );
    bars.show(
      [summary.histogram.map((_, place) => place), summary.histogram.map(({ count }) => count)],
      [-0.5, 4.5],
    );
    polarity.setAttribute("aria-label", timeLabel(summary));
    histogram.setAttribute("aria-label", `Documents by polarity: ${barTexts(summary).join("; ")}.`);
    fillTimes();
    fillBars();
    find("#newest").replaceChildren(...summary.newest.map(postItem));
  }

  for (const input of document.querySelectorAll("input[name=window]")) input.addEventListener("change", show);
  return (news) => {
    view = news;
    show();
  };
}

const barNames = ["−1", "−0.5", "0", "0.5", "1"];
const barSpans = ["−1 to −0.5", "−0.5 to 0", "0 to 0.5", "0.5 to 1", "1"];

function firstTime({ from, to, overTime }: SentimentSummary): number {
  return Math.max(from, Math.min(overTime[0]?.time ?? from, to - shortest));
}

function timeLabel({ overTime, mean }: SentimentSummary): string {
  const means = overTime.map((step) => step.mean);
  const last = means.at(-1);
  if (last === undefined || mean === null) return "Mean polarity over time: nothing yet.";
  const [least, most] = [Math.min(...means), Math.max(...means)].map(polarityText);
  return `Mean polarity over time: from ${least} to ${most}, latest ${polarityText(last)}, in all ${polarityText(mean)}.`;
}

function barTexts({ histogram }: SentimentSummary): string[] {
  return histogram.map(({ count }, place) => `${barSpans[place]}: ${count}`);
}

function timeTable({ overTime }: SentimentSummary) {
  const rows = overTime.map(({ time, mean, count }) => [
    timeText(time),
    polarityText(mean),
    countText(count),
  ]);
  return table("Mean polarity over time", ["From", "Mean polarity", "Documents"], rows.reverse());
}

function barTable({ histogram }: SentimentSummary) {
  const rows = histogram.map(({ count }, place) => [barSpans[place] ?? "", countText(count)]);
  return table("Documents by polarity", ["Polarity", "Documents"], rows);
}

function postItem({ text, handle, user, polarity, time }: ScoredPost): HTMLLIElement {
  const mood = polarity > 0 ? "good" : polarity < 0 ? "bad" : "even";
  const word = { good: "positive", bad: "negative", even: "neutral" }[mood];
  const author = user ?? handle ?? "unknown";
  return element(
    "li",
    {},
    element(
      "span",
      { className: `mark ${mood}` },
      element("span", { className: "unseen" }, `${word} `),
      polarityText(polarity),
    ),
    element("span", { className: "text" }, text),
    element(
      "span",
      { className: "author quiet" },
      `${author}${handle === null || handle === author ? "" : ` @${handle}`} · ${timeText(time)}`,
    ),
  );
}
