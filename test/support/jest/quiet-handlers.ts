import { cancelDrain } from "@platform/shared/function/drain";

// Handlers that a test calls in this process log nothing by default.
process.env.LOG_LEVEL ||= "silent";

// Test files share a process, so the metrics of a file's handlers are reset after it.
afterAll(cancelDrain);
