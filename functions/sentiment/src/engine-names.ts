/** `pattern` is TextBlob's; `afinn` the AFINN word list of the npm package sentiment. */
export const engineNames = ["pattern", "afinn"] as const;

export type EngineName = (typeof engineNames)[number];
