import { execFileSync } from "node:child_process";
import { curlLine } from "./curl-line.ts";

/** The words that a shell makes of a line. */
function wordsOf(line: string): string[] {
  return execFileSync("sh", ["-c", `for word in ${line}; do printf '%s\\0' "$word"; done`])
    .toString()
    .split("\0")
    .slice(0, -1);
}

it("a shell reads a curl line as it is meant, whatever the body has in it", () => {
  for (const body of ["People are kind", 'it\'s $HOME `id` "x" \\ !', "a\nb", "", "@/etc/hosts"]) {
    expect(wordsOf(curlLine("http://h/function/f?a=1&b=2", { method: "POST", body }))).toEqual([
      "curl",
      "--data-raw",
      body,
      "http://h/function/f?a=1&b=2",
    ]);
  }
});

it("says that JSON is JSON, and a GET has no body", () => {
  const line = curlLine("http://h/function/f", { method: "POST", body: '{"text":"x"}' });
  expect(wordsOf(line)).toContain("Content-Type: application/json");
  expect(curlLine("http://h/function/f?count=5", { method: "GET", body: "" })).toBe(
    "curl 'http://h/function/f?count=5'",
  );
});
