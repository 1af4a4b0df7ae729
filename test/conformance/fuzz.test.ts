import { node18 } from "../services/repo.ts";
import { describeFuzz } from "./fuzz/describe-fuzz.ts";

describeFuzz({ node: node18() });
