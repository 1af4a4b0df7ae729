import * as v from "valibot";
import { allowedImages, checkImageAllowed } from "./allowed-images.ts";

it.each([
  ["registry.example.com/me/", "registry.example.com/me/app:1"],
  ["registry.example.com/me", "registry.example.com/me/app"],
  ["registry.example.com", "registry.example.com/me/app"],
  ["me/app", "me/app:1.0"],
  ["me/app", "me/app"],
])("the prefix %s allows %s", (prefix, image) => {
  expect(() => checkImageAllowed(image, [prefix])).not.toThrow();
});

it.each([
  ["registry.example.com/me", "registry.example.com/mean/app"],
  ["registry.example.com", "registry.example.com.evil/app"],
  ["registry.example.com", "registry.example.com:5000/app"],
  ["registry.example.com/me/", "elsewhere/registry.example.com/me/app"],
])("the prefix %s does not allow %s", (prefix, image) => {
  expect(() => checkImageAllowed(image, [prefix])).toThrow(
    expect.objectContaining({ status: 403, code: "image_not_allowed" }),
  );
});

it("allows any image without a list", () => {
  expect(() => checkImageAllowed("any/image", undefined)).not.toThrow();
});

it("reads prefixes separated by commas, and refuses invalid ones", () => {
  expect(v.parse(allowedImages(), "me/, registry.example.com/x")).toEqual(["me/", "registry.example.com/x"]);
  expect(v.safeParse(allowedImages(), "me/,").success).toBe(false);
  expect(v.safeParse(allowedImages(), "*").success).toBe(false);
});
