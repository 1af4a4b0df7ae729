import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import { mountSecret } from "@platform/shared/testing/mounted-secret";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import express from "express";
import { basicAuth } from "./basic-auth.ts";
import { FailedLogins } from "./failed-logins.ts";

const folder = mkdtempSync(join(tmpdir(), "basic-auth-"));
writeFileSync(join(folder, "basic-auth-user"), "admin\n");
writeFileSync(join(folder, "basic-auth-password"), "correct horse\n");
afterAll(() => rmSync(folder, { recursive: true }));

const { log, take } = recordedLog();

async function startGuarded(failedLogins?: FailedLogins, from = folder) {
  const app = express();
  app.use(basicAuth({ folder: from, log, ...(failedLogins === undefined ? {} : { failedLogins }) }));
  app.use((_request, response) => void response.send(response.locals.user));
  app.use(problemHandler("gateway", () => undefined));
  const server = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
  const login = async (password: string | undefined) => {
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
    const answer = await fetch(server.url, password === undefined ? {} : { headers: { authorization } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { login, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

it("accepts requests with the right credentials, and records the user", async () => {
  await using server = await startGuarded();
  expect(await server.login("correct horse")).toMatchObject({ status: 200, text: "admin" });
});

it("answers requests without credentials at once, and does not count them as failures", async () => {
  const failedLogins = new FailedLogins();
  await using server = await startGuarded(failedLogins);
  const { status, headers } = await server.login(undefined);
  expect([status, headers.get("www-authenticate")]).toEqual([401, 'Basic realm="Restricted"']);
  expect(failedLogins.size).toBe(0);
});

it("delays the answer to a wrong password, and logs the address without the password", async () => {
  take();
  await using server = await startGuarded(new FailedLogins({ firstDelayMs: 100 }));
  const begin = performance.now();
  expect((await server.login("wrong horse")).status).toBe(401);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(95);
  const lines = take().join();
  expect(JSON.parse(lines)).toMatchObject({ msg: "login_failed", address: "127.0.0.1" });
  expect(lines).not.toMatch(/horse|d3Jvbmc/);
});

it("accepts a new password and refuses the old one as soon as the mounted secret changes", async () => {
  const user = { "basic-auth-user": "admin" };
  using secret = mountSecret({ ...user, "basic-auth-password": "old horse" });
  await using server = await startGuarded(new FailedLogins({ firstDelayMs: 1 }), secret.path);
  const statuses = async () => [
    (await server.login("old horse")).status,
    (await server.login("new horse")).status,
  ];
  expect(await statuses()).toEqual([200, 401]);
  secret.swap({ ...user, "basic-auth-password": "new horse\n" });
  expect(await statuses()).toEqual([401, 200]);
});

it("accepts a right password at once while responses to wrong ones are delayed", async () => {
  await using server = await startGuarded(new FailedLogins({ firstDelayMs: 1_000 }));
  const statuses: number[] = [];
  const login = async (password: string) => void statuses.push((await server.login(password)).status);
  await Promise.all([login("wrong horse"), login("correct horse")]);
  expect(statuses).toEqual([200, 401]);
});

it("answers 429 with Retry-After, without a check, while too many responses are delayed", async () => {
  const failedLogins = new FailedLogins({ firstDelayMs: 1_500, longestDelayMs: 1_500, maxWaiting: 3 });
  await using server = await startGuarded(failedLogins);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => server.login(index === 19 ? "correct horse" : "wrong horse")),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(3);
  const blocked = answers.find(({ status }) => status === 429);
  expect(blocked?.headers.get("retry-after")).toBe("5");
  expect(JSON.parse(blocked?.text ?? "")).toMatchObject({ code: "too_many_logins" });
  expect((await server.login("correct horse")).status).toBe(200);
});
