// `npm run manifests`: what deploy/ and stack.auth.yml take over from stack.yml.
import { writeRendered } from "@platform/cli/rendered-files";
import { renderFiles } from "./rendered-files.ts";

writeRendered("npm run manifests", renderFiles);
