/** Every benchmark by its name, which is that of its module, with what it measures. */
export const benches = {
  sentiment: "texts of 100 to 280 characters a second of processor time, one thread",
  overhead: "each function, beside a handler with a constant",
  traces: "a function built without traces, with traces off, and with traces on",
  "last-block": "the latest block by the function, beside asking Geth directly",
  enrich: "tweets from the topic to the index, beside a client that only indexes",
  nifi: "tweets to the index, by the kafka-connector and by NiFi's flows",
  images: "size and cold start of the functions' images",
  "start-up": "loading the functions' bundles, and the time to the first answer",
  sizes: "the functions' bundles, beside an installation of their packages",
  memory: "the functions' memory after 100,000 requests",
  growth: "how the time grows with texts, batches and runs of blocks",
};

/** The command `npm run bench`, as data: scripts/bench.mjs prints its help before anything is installed. */
export const benchCommand = /** @type {const} */ ({
  name: "npm run bench",
  summary: "Measures the parts of this project beside others that do the same, in one run, as one table.",
  options: {
    only: {
      type: "string",
      value: "NAME",
      multiple: true,
      description: "run this benchmark; may be repeated",
      fallback: "all",
    },
    rounds: {
      type: "string",
      value: "N",
      description: "how often each contender is measured, in turns",
      fallback: "5",
    },
    json: { type: "string", value: "FILE", description: "write the rows to a file as well" },
  },
  sections: [{ heading: "Benchmarks", rows: Object.entries(benches) }],
});
