import { Validator } from "@seriousme/openapi-schema-validator";
import { mergeOpenApi, openApi, openApiFiles, readOpenApi } from "./openapi.mjs";

const validator = new Validator();

const findProblems = async (document: Parameters<Validator["validate"]>[0]) => {
  const { valid, errors } = await validator.validate(structuredClone(document));
  return valid ? [] : errors;
};

it.each(openApiFiles)("%s is valid OpenAPI 3.1", async (file) => {
  const document = await readOpenApi(file);
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(await findProblems(document)).toEqual([]);
});

/** Returns the keys in a value, except for those in examples. */
function listKeys(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "value" ? [key] : [key, ...listKeys(inner)],
  );
}

it.each(openApiFiles)("%s has no unquoted text that YAML splits into keys", async (file) => {
  expect(listKeys(await readOpenApi(file)).filter((key) => /\s/.test(key))).toEqual([]);
});

it("the validator refuses an unknown reference and a response without a description", async () => {
  const document = await readOpenApi("functions-api.yml");
  const operation = { responses: { "200": { $ref: "#/components/responses/Nothing" } } };
  const paths = { "/a": { get: operation } };
  expect(await findProblems({ ...document, paths })).not.toEqual([]);
  expect(
    await findProblems({ ...document, paths: { "/a": { get: { responses: { "200": {} } } } } }),
  ).not.toEqual([]);
});

describe("mergeOpenApi", () => {
  let merged: Awaited<ReturnType<typeof openApi>>;
  beforeAll(async () => {
    merged = await openApi();
  });

  it("contains all paths and components of the documents, and is valid", async () => {
    expect(await findProblems(merged)).toEqual([]);
    for (const { paths, components } of await Promise.all(openApiFiles.map(readOpenApi))) {
      expect(Object.keys(merged.paths)).toEqual(expect.arrayContaining(Object.keys(paths)));
      for (const [kind, values] of Object.entries(components))
        expect(merged.components[kind]).toMatchObject(values);
    }
  });

  it("has a unique id for each operation", () => {
    const operations = Object.values(merged.paths).flatMap((item) =>
      Object.values(item).filter((value) => typeof value === "object" && "responses" in value),
    );
    const names = operations.map(({ operationId }) => operationId);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has no unused component", () => {
    const { securitySchemes: _, ...components } = merged.components;
    const pointers = Object.entries(components).flatMap(([kind, values]) =>
      Object.keys(values).map((name) => `#/components/${kind}/${name}`),
    );
    const text = JSON.stringify(merged);
    expect(pointers.filter((pointer) => !text.includes(`"${pointer}"`))).toEqual([]);
  });

  it("keeps the credentials of each operation", () => {
    expect(merged.paths["/function/sentiment"]?.post?.security).toEqual([{}, { bearer: [] }, { hmac: [] }]);
    expect(merged.paths["/system/functions"]?.get?.security).toEqual([{}, { basic: [] }]);
    expect(merged.paths["/healthz"]?.get?.security).toEqual([]);
  });

  it("refuses different definitions of a name", async () => {
    const document = await readOpenApi("functions-api.yml");
    const other = { ...document, paths: {}, components: { schemas: { Problem: { type: "string" } } } };
    expect(() => mergeOpenApi([document, other])).toThrow(/define Problem differently/);
  });
});
