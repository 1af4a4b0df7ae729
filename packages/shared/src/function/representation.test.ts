import { Representation } from "./representation.ts";
import { FunctionRequest } from "./request.ts";

const tagged = new Representation({ json: "{}", etag: "abc", cacheControl: "no-cache" });
const asked = (tag: string | undefined, method = "GET") =>
  new FunctionRequest({ method, headers: tag === undefined ? {} : { "if-none-match": tag } });

describe("Representation", () => {
  it("has the headers for caches", () => {
    expect(tagged.headers).toEqual({ "cache-control": "no-cache", etag: '"abc"' });
    expect(new Representation({ json: "{}", cacheControl: "no-store" }).headers).toEqual({
      "cache-control": "no-store",
    });
  });

  it.each(['"abc"', 'W/"abc"', '"x", "abc"', '"x" ,W/"abc"', "*"])(
    "is not modified for If-None-Match: %s",
    (tag) => {
      expect(tagged.isNotModified(asked(tag))).toBe(true);
      expect(tagged.isNotModified(asked(tag, "HEAD"))).toBe(true);
    },
  );

  it.each([undefined, "", '"ab"', "abc", '"ABC"', '"abc'])("is sent again for If-None-Match: %s", (tag) => {
    expect(tagged.isNotModified(asked(tag))).toBe(false);
  });

  it("counts as modified for other methods, and without a tag", () => {
    expect(tagged.isNotModified(asked('"abc"', "POST"))).toBe(false);
    expect(new Representation({ json: "{}", cacheControl: "no-cache" }).isNotModified(asked("*"))).toBe(
      false,
    );
  });
});
