/** `pattern` is TextBlob's default analyser; `afinn` is the AFINN word list of the npm package sentiment. */
export const engineNames = ["pattern", "afinn"] as const;

export type EngineName = (typeof engineNames)[number];
