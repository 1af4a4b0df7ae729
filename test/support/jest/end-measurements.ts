import { stopProcessMetrics } from "@platform/shared/metrics/process-metrics";

// Test files share a process; what a scrape in a file has begun to measure ends with it.
afterAll(stopProcessMetrics);
