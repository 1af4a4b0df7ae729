import { join } from "node:path";
import { build } from "esbuild";
import { textblobSource } from "./textblob-library.mjs";

/**
 * Creates a folder with a handler around the bare sentiment engine: it accepts one text in UTF-8, without a log and without
 * authentication.
 *
 * @param {string} folder
 */
export async function bareSentiment(folder) {
  const contents = `
    import { score } from ${JSON.stringify(textblobSource)};
    module.exports = async ({ body }, context) => {
      const { polarity, sentenceCount, subjectivity } = score(body.toString());
      const json = JSON.stringify({ polarity, sentence_count: sentenceCount, subjectivity });
      context.status(200).headers({ "content-type": "application/json" }).succeed(json + "\\n");
    };
  `;
  await build({
    stdin: { contents, resolveDir: folder },
    outfile: join(folder, "handler.js"),
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "node18",
    logLevel: "error",
  });
}
