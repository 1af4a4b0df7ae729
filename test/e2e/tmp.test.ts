// needs: nothing
import { faasCliOf } from "../support/openfaas/faas-cli.ts";
import { useTemplates } from "../support/openfaas/templates.ts";
import { describeFaasCli } from "./functions-by-faas-cli.ts";

jest.setTimeout(360_000);
const gateway = process.env.GW!;
const cli = faasCliOf(gateway);
useTemplates();
describe("x", () => describeFaasCli(() => ({ gateway, password: process.env.PW!, cli })));
