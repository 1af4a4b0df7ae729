/** The URL of `/ui/`, from that of this script: the console may be behind a proxy's path prefix. */
export const baseUrl = new URL(".", import.meta.url);
