/** The default of the maximum number of replays of a message. */
export const defaultReplays = 3;

/** The number of letters that one transaction settles. */
export const defaultBatch = 500;
