/** Whether a host's name or address is loopback: only this machine reaches it. IPv6 with brackets, as in URLs, or without. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
