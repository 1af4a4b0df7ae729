// The upper bound for enrich: a client that only indexes documents, in sequential bulk requests of 2,000. For each line on
// standard input (a number of documents), it prints a line of JSON: { rate, cpu }.
//
//     node bulk-client.mjs URL FILE    FILE has two lines of JSON per document: the action and the document

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Client } from "@elastic/elasticsearch";

const documentsInBulk = 2_000;

const [node, file] = /** @type {[string, string]} */ (process.argv.slice(2));
const lines = readFileSync(file, "utf8").trimEnd().split("\n");
const parts = lines.map((line) => JSON.parse(line));
const client = new Client({ node });

async function measure(/** @type {number} */ documents) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let done = 0; done < documents; done += documentsInBulk) {
    const operations = parts.slice(done * 2, Math.min(done + documentsInBulk, documents) * 2);
    const { errors } = await client.bulk({ operations });
    if (errors) throw new Error("Elasticsearch refuses documents");
  }
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { rate: documents / seconds, cpu: ((user + system) / 1e6 / documents) * 100_000 };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await measure(Number(line)))}\n`);
}
