import { execFileSync } from "node:child_process";
import { curlLine } from "./curl-line.ts";

/** Splits a line with a shell. */
function splitWords(line: string): string[] {
  return execFileSync("sh", ["-c", `for word in ${line}; do printf '%s\\0' "$word"; done`])
    .toString()
    .split("\0")
    .slice(0, -1);
}

it("quotes the curl line for a shell, with any characters in the body", () => {
  for (const body of ["People are kind", 'it\'s $HOME `id` "x" \\ !', "a\nb", "", "@/etc/hosts"]) {
    expect(splitWords(curlLine("http://h/function/f?a=1&b=2", { method: "POST", body }))).toEqual([
      "curl",
      "--data-raw",
      body,
      "http://h/function/f?a=1&b=2",
    ]);
  }
});

it("sends JSON with its content type, and a GET without a body", () => {
  const line = curlLine("http://h/function/f", { method: "POST", body: '{"text":"x"}' });
  expect(splitWords(line)).toContain("Content-Type: application/json");
  expect(curlLine("http://h/function/f?count=5", { method: "GET", body: "" })).toBe(
    "curl 'http://h/function/f?count=5'",
  );
});
