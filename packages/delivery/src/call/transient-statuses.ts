/** 4xx statuses that report the state of the platform, not a fault of the request, so a retry may succeed. */
export const transientStatuses: ReadonlySet<number> = new Set([401, 403, 404, 405, 408, 425, 429]);
