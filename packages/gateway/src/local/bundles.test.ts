import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bundles } from "./bundles.ts";
import type { StackFunction } from "./stack.ts";

const folder = mkdtempSync(join(tmpdir(), "bundles-"));
afterAll(() => rmSync(folder, { recursive: true }));

function build(path: string, file = "handler.js"): string {
  const handler = join(folder, path);
  mkdirSync(handler, { recursive: true });
  writeFileSync(join(handler, file), "Could not resolve x");
  return handler;
}

const entry = (name: string, image: string, handler: string): StackFunction => ({
  ...{ name, image, handler, environment: {}, labels: {}, annotations: {}, secrets: [], unusedKeys: [] },
});
const score = build("score");
const other = build("other");
const broken = build("broken", "build-error.txt");
const extra = build("functions/extra/dist");
const functions = [
  entry("sentiment", "ghcr.io/me/score:1.0", score),
  entry("sentimentanalysis", "ghcr.io/me/score:1.0", other),
  entry("plain", "", other),
  entry("broken", "me/broken", broken),
];
const bundles = new Bundles({ functions, folder });
const find = (image: string, name = "new") => bundles.find({ image, name });

describe("Bundles", () => {
  it.each([
    "score",
    "score:2.0",
    "localhost:5000/you/score",
    "docker.io/a/b/score:1@sha256:0123456789abcdef",
  ])("ignores registry, prefix, tag and digest: %s", (image) => {
    expect(find(image)).toEqual({ handler: score, isOfName: false });
  });

  it("prefers the entry with the function's name when several have the image", () => {
    expect(find("score", "sentimentanalysis").handler).toBe(other);
  });

  it("finds an entry of the image's name, then a folder below functions", () => {
    expect(find("me/plain:1").handler).toBe(other);
    expect(find("me/extra:1").handler).toBe(extra);
  });

  it("falls back to the bundle of the function's name, with a warning", () => {
    expect(find("alpine", "plain")).toEqual({ handler: other, isOfName: true });
  });

  it.each(["alpine:3", "..", "", "me/score/", "functions/extra/dist"])("has no bundle for %p", (image) => {
    expect(() => find(image)).toThrow(
      `There is no bundle for image ${image} on this machine; npm start runs handlers, not images; available: extra, plain, score.`,
    );
  });

  it("refuses a bundle whose build failed, with the build error", () => {
    expect(() => find("me/broken")).toThrow(
      "The bundle for image me/broken is not built: Could not resolve x",
    );
  });
});
