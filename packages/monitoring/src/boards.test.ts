import { readFileSync } from "node:fs";
import { join } from "node:path";
import { boards, renderBoards } from "./rendered-files.ts";

const root = join(__dirname, "..", "..", "..");

it.each(renderBoards())("$path is what npm run manifests renders", ({ path, text }) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});

describe.each([...boards()])("board %s", (_name, { panels = [] }) => {
  const queried = panels.filter((panel) => panel.type !== "row");

  it("asks a question in the title of each panel", () => {
    expect(queried.filter(({ title }) => !title?.includes("?"))).toEqual([]);
  });

  it("has a unit for each panel", () => {
    const without = queried.filter((panel) => !("fieldConfig" in panel && panel.fieldConfig?.defaults.unit));
    expect(without).toEqual([]);
  });

  it("fills each line of the grid without an overlap", () => {
    const cells = panels.flatMap(({ gridPos }) => {
      const { x, y, w, h } = gridPos!;
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos }) => gridPos!.x + gridPos!.w))).toBeLessThanOrEqual(24);
  });
});
