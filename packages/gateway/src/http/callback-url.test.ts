import { callbackUrl } from "./callback-url.ts";
import { CallbackUrlError } from "./errors.ts";

it.each([undefined, ""])("has no callback for %p", (header) => {
  expect(callbackUrl(header, [])).toBeUndefined();
});

it.each(["http://127.0.0.1:1/x", "http://localhost/", "https://[::1]:8443/", "http://127.8.9.1/"])(
  "accepts %s, which addresses loopback",
  (header) => {
    expect(callbackUrl(header, [])?.href).toBe(header);
  },
);

it.each([
  "http://10.0.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://localhost.example/",
  "http://127.0.0.1.example/",
  "http://user@example:80/",
  "http://[::ffff:10.0.0.1]/",
  "file:///etc/passwd",
  "ftp://127.0.0.1/",
  "nonsense",
])("refuses %s", (header) => {
  expect(() => callbackUrl(header, ["allowed.example"])).toThrow(CallbackUrlError);
});

it.each([
  ["a decimal address", "http://167772161/"],
  ["a hexadecimal address", "http://0x0a000001/"],
  ["an octal address", "http://012.0.0.1/"],
  ["an address with a missing number", "http://10.1/"],
  ["the unspecified address", "http://0.0.0.0/"],
  ["IPv6's unspecified address", "http://[::]/"],
  ["loopback mapped to IPv6", "http://[::ffff:127.0.0.1]/"],
  ["the metadata service mapped to IPv6", "http://[::ffff:a9fe:a9fe]/"],
  ["loopback as the user name", "http://127.0.0.1@10.0.0.1/"],
  ["an allowed host as the user name", "http://allowed.example@10.0.0.1/"],
  ["an allowed host as user name and password", "http://allowed.example:80@10.0.0.1:81/"],
  ["an allowed host behind a backslash", "http://10.0.0.1\\@allowed.example/"],
  ["an allowed host in the fragment", "http://10.0.0.1#@allowed.example/"],
  ["a subdomain of an allowed host", "http://x.allowed.example/"],
  ["an allowed host with a trailing dot", "http://allowed.example./"],
  ["an allowed host as a prefix", "http://allowed.example.evil.example/"],
  ["a name that may resolve to loopback", "http://127.0.0.1.nip.example/"],
  ["localhost with a trailing dot", "http://localhost./"],
  ["circled digits", "http://①⓪.0.0.1/"],
  ["two URLs, as from two headers", "http://10.0.0.1/, http://127.0.0.1/"],
  ["JavaScript", "javascript:fetch('//127.0.0.1')"],
])("refuses %s: %s", (_, header) => {
  expect(() => callbackUrl(header, ["allowed.example"])).toThrow(CallbackUrlError);
});

it.each(["http://2130706433/", "http://0x7f.1/", "http://①②⑦.0.0.1/"])(
  "normalizes %s to loopback",
  (header) => {
    expect(callbackUrl(header, [])?.hostname).toBe("127.0.0.1");
  },
);

it("accepts an allowed host with any port", () => {
  expect(callbackUrl("https://allowed.example:8443/x", ["allowed.example"])?.port).toBe("8443");
});
