import { readVia } from "./via-option.ts";

it("reads a host and a port", () => {
  expect(readVia("127.0.0.1:9092")).toEqual({ host: "127.0.0.1", port: 9092 });
  expect(readVia(undefined)).toBeUndefined();
});

it("refuses an address without a port", () => {
  expect(() => readVia("localhost")).toThrow('--via must be HOST:PORT, not "localhost"');
});
