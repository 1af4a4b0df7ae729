// `npm run manifests`: renders the files of deploy/ and stack.auth.yml that derive from stack.yml.
import { writeRendered } from "@platform/cli/rendered-files";
import { renderFiles } from "./rendered-files.ts";

writeRendered("npm run manifests", renderFiles);
