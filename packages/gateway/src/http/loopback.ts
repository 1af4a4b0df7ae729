/** Whether a host's name or address is loopback. IPv6 addresses may have brackets, as in URLs. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
