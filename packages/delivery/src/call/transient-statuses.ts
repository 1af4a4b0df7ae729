/** 4xx that report the state of the platform, not a fault of what was sent: a retry may be answered otherwise. */
export const transientStatuses: ReadonlySet<number> = new Set([401, 403, 404, 405, 408, 425, 429]);
