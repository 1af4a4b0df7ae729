import { cancelDrain } from "@platform/shared/function/drain";

// Handlers that a test calls in this process log nothing, unless the test says otherwise.
process.env.LOG_LEVEL ||= "silent";

// Test files share a process; what a file's handlers count ends with it.
afterAll(cancelDrain);
