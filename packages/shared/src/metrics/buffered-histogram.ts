import type { HistogramConfiguration, LabelValues } from "prom-client";
import { Histogram } from "./instruments.ts";

/** The number of values that are kept until they are observed together. */
const capacity = 250;

/**
 * A histogram for the hot path. It keeps values and observes them together: before a scrape, and when there are many. A single
 * observation in the middle of a call takes several times as long, because its code and data have left the processor's caches.
 */
export class BufferedHistogram<Label extends string = string> {
  readonly #histogram: Histogram<Label>;
  readonly #values: number[] = [];
  readonly #labels: LabelValues<Label>[] = [];

  constructor(configuration: HistogramConfiguration<Label>) {
    this.#histogram = new Histogram({ ...configuration, collect: () => this.#observeAll() });
  }

  observe(value: number, labels: LabelValues<Label> = {}): void {
    this.#labels.push(labels);
    if (this.#values.push(value) >= capacity) this.#observeAll();
  }

  #observeAll(): void {
    for (const [index, value] of this.#values.entries()) this.#histogram.observe(this.#labels[index]!, value);
    this.#values.length = 0;
    this.#labels.length = 0;
  }
}
