/** The host names of a list with commas, in lower case. */
export function hostNames(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}
