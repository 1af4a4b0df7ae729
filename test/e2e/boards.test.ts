// needs: go
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { checkBoards } from "../support/grafana/check-boards.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const folder = join(root, "deploy", "monitoring", "grafana", "boards");
const boards = readdirSync(folder).map((name) => join(folder, name));
const minute = 60_000;

requireService("Go, which builds the reader of boards", hasGo(), () => {
  it(
    "each board has the fields and types of Grafana's schema",
    async () => {
      expect(await checkBoards(boards)).toMatchObject({ code: 0, stdout: "" });
    },
    5 * minute,
  );

  it("refuses a board with an unknown field and a wrong type", async () => {
    const copy = await mkdtemp(join(tmpdir(), "boards-"));
    try {
      const text = readFileSync(boards[0]!, "utf8");
      const file = join(copy, "board.json");
      await writeFile(
        file,
        text.replace('"legendFormat"', '"legend"').replace('"schemaVersion": ', '"schemaVersion": -0.'),
      );
      const { code, stdout } = await checkBoards([file]);
      expect(code).toBe(1);
      expect(stdout).toContain("unexpected field 'legend'");
      expect(stdout).toContain("schemaVersion");
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});
