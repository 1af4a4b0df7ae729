/** A letter that was replayed so often stays. */
export const defaultReplays = 3;

/** The number of letters that one transaction settles. */
export const defaultBatch = 500;
