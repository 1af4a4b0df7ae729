/** The URL of `/ui/`, derived from the URL of this script, because a proxy may add a path prefix. */
export const baseUrl = new URL(".", import.meta.url);
