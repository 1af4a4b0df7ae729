import { stopProcessMetrics } from "@platform/shared/metrics/process-metrics";

// Test files share a process, so measurements that a scrape has started end with the file.
afterAll(stopProcessMetrics);
