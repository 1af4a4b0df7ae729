import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The maintained fork of Benthos under the MIT licence. */
const version = "v1.5.0";

/** The parts that tweets.yml uses. All of Bento takes many times as long to build. */
const main = `package main

import (
	"context"

	_ "github.com/warpstreamlabs/bento/public/components/io"
	_ "github.com/warpstreamlabs/bento/public/components/kafka"
	_ "github.com/warpstreamlabs/bento/public/components/pure"
	"github.com/warpstreamlabs/bento/public/service"
)

func main() {
	service.RunCLI(context.Background())
}
`;

/** The stream that runs in Bento. */
export const bentoConfig = fileURLToPath(new URL("tweets.yml", import.meta.url));

/**
 * Builds Bento once on a machine. Returns the path of the program.
 *
 * @param {Pick<typeof import("../services.ts"), "cached" | "cacheFolder" | "succeed">} services
 */
export async function buildBento({ cached, cacheFolder, succeed }) {
  const folder = await cached(cacheFolder("bento", version), async (draft) => {
    writeFileSync(join(draft, "main.go"), main);
    writeFileSync(
      join(draft, "go.mod"),
      `module bento\n\ngo 1.22\n\nrequire github.com/warpstreamlabs/bento ${version}\n`,
    );
    await succeed("go", ["build", "-mod=mod", "-o", "bento", "."], { cwd: draft });
  });
  return join(folder, "bento");
}
