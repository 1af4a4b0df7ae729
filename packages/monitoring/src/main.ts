import { writeRendered } from "@platform/cli/rendered-files";
import { renderBoards } from "./rendered-files.ts";

writeRendered("npm run manifests", renderBoards);
