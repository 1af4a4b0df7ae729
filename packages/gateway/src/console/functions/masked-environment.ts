import type { EnvironmentVariable } from "./view.ts";

const secretWords = new Set([
  ...["auth", "apikey", "bearer", "cookie", "credential", "credentials", "dsn", "key", "mnemonic", "pass"],
  ...["passphrase", "passwd", "password", "private", "pwd", "salt", "secret", "seed", "signature", "token"],
]);
/** Suffixes of variables with the name or path of a secret, which are not secret themselves. */
const referenceWords = new Set(["dir", "file", "header", "name", "names", "path"]);
const maxShown = 1_000;

/** Returns a function's environment for display. It hides values that look like secrets, and all parts of URLs except scheme and host. */
export function maskedEnvironment(environment: Readonly<Record<string, string>>): EnvironmentVariable[] {
  return Object.entries(environment)
    .map(([name, value]) => mask(name, value))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function mask(name: string, value: string): EnvironmentVariable {
  if (value === "") return { name, value, isMasked: false };
  if (namesSecret(name) || looksSecret(value)) return { name, value: null, isMasked: true };
  const shown = withoutUrlParts(value);
  const cut = shown.length > maxShown ? `${shown.slice(0, maxShown)}…` : shown;
  return { name, value: cut, isMasked: shown !== value };
}

function namesSecret(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some((word) => secretWords.has(word)) && !referenceWords.has(words.at(-1)!);
}

/** Detects a PEM key, a JSON web token, credentials before a host, or a long random text. An Ethereum address is public. */
function looksSecret(value: string): boolean {
  if (value.includes("-----BEGIN") || /\beyJ[\w-]+\.[\w-]+\./.test(value)) return true;
  if (/(^|[\s,;])[^\s/:@,;]+:[^\s/@]+@[\w.-]/.test(value)) return true;
  return value.split(/[\s,;="']+/).some(isRandom);
}

function isRandom(word: string): boolean {
  if (/^0x[\da-f]{40}$/i.test(word)) return false;
  if (/^(0x)?[\da-f]{32,}$/i.test(word)) return true;
  return /^[\w+/-]{24,}$/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word);
}

/** Masks credentials, path and query of URLs, because each may contain a key. */
function withoutUrlParts(value: string): string {
  return value.replace(/\b[a-z][a-z\d+.-]*:\/\/[^\s,;"'<>]+/gi, (text) => {
    const [, origin = "", rest = ""] = /^(\w[^/]*:\/\/(?:[^/?#]*@)?[^/?#@]*)(.*)$/.exec(text) ?? [];
    const host = origin.replace(/\/\/[^/]*@/, "//");
    return rest === "" || rest === "/" ? `${host}${rest}` : `${host}/…`;
  });
}
