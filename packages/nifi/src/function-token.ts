import type { Environment } from "@platform/shared/config/config-reader";
import type { NifiConfig } from "./config.ts";
import { NifiError } from "./nifi-error.ts";
import { readSettingFile } from "./setting-file.ts";

/**
 * Returns the environment with FUNCTION_AUTHORIZATION, a parameter of the flows, set to the first token in
 * FUNCTION_TOKEN_FILE. Functions also accept the tokens in further lines.
 * @throws NifiError when the file cannot be read or has no token.
 */
export async function withFunctionToken(
  env: Environment,
  { FUNCTION_TOKEN_FILE: path }: Pick<NifiConfig, "FUNCTION_TOKEN_FILE">,
): Promise<Environment> {
  if (path === undefined) return env;
  const [token = ""] = (await readSettingFile("FUNCTION_TOKEN_FILE", path)).trim().split(/\s*[\r\n]\s*/);
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new NifiError("FUNCTION_TOKEN_FILE: the file must start with a token, which is one word in ASCII");
  return { ...env, FUNCTION_AUTHORIZATION: `Bearer ${token}` };
}
