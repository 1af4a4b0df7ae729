import { callbackUrl } from "./callback-url.ts";
import { CallbackUrlError } from "./errors.ts";

it.each([undefined, ""])("has no callback for %p", (header) => {
  expect(callbackUrl(header, [])).toBeUndefined();
});

it.each(["http://127.0.0.1:1/x", "http://localhost/", "https://[::1]:8443/", "http://127.8.9.1/"])(
  "takes %s: it leads to loopback",
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

it("takes a host of the list, under any port", () => {
  expect(callbackUrl("https://allowed.example:8443/x", ["allowed.example"])?.port).toBe("8443");
});
