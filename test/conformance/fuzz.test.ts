import { node18 } from "../support/repo.ts";
import { describeFuzz } from "./fuzz/describe-fuzz.ts";

describeFuzz({ node: node18() });
