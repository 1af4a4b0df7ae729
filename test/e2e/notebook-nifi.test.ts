// needs: python nifi
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Certificates, makeCertificates } from "../support/http/certificates.ts";
import { forward } from "../support/http/forward.ts";
import { type StartedListener, startTlsListener } from "../support/http/listener.ts";
import { hasNifi, type StartedNifi, startNifi } from "../support/nifi/nifi.ts";
import { runNotebook } from "../support/python/notebook.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { pythonEnvironment } from "../support/python/python-environment.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
const notebook = join(root, "notebooks", "nifi.ipynb");
let python: string;

requireService(PYTHON, hasPython(), () => {
  beforeAll(async () => {
    python = await pythonEnvironment("notebooks", join(root, "notebooks", "requirements.txt"));
  }, 10 * minute);

  it.each([
    [{ NIFI_URL: "http://127.0.0.1:1" }, /^No NiFi answers at 127\.0\.0\.1:1\. [^\n]+$/],
    [{ NIFI_URL: "https://127.0.0.1:1" }, /^NiFi at 127\.0\.0\.1:1 requires a login: [^\n]+$/],
    [
      { NIFI_USERNAME: "a", NIFI_PASSWORD: "b", NIFI_CA_FILE: "/nowhere/ca.crt" },
      /^There is no file \/nowhere\/ca\.crt, [^\n]+$/,
    ],
  ])(
    "reports what is missing in one line: %j",
    async (env, reason) => {
      await expect(runNotebook({ notebook, python, env })).rejects.toMatchObject({
        cell: "connect",
        reason: expect.stringMatching(reason),
      });
    },
    minute,
  );

  requireService("NiFi (../shared/nifi)", hasNifi(), () => {
    let nifi: StartedNifi;
    beforeAll(async () => {
      nifi = await startNifi();
    }, 6 * minute);
    afterAll(() => nifi?.[Symbol.asyncDispose](), minute);

    // biome-ignore lint/suspicious/noExplicitAny: each answer has its own form
    const ask = async (path: string): Promise<any> =>
      await (await fetch(`${nifi.url}/nifi-api/${path}`)).json();
    const canvas = async () => {
      const { processGroups: groups } = await ask("process-groups/root/process-groups");
      const { processors } = await ask(`process-groups/${groups[0]?.id}/processors`);
      return { groups, processors };
    };
    const run = async () => {
      const cells = await runNotebook({ notebook, python, env: { NIFI_URL: nifi.url } });
      return (cell: string) => cells.find(({ id }) => id === cell)?.text;
    };

    it(
      "creates a process group with a processor, once",
      async () => {
        const first = await run();
        expect(first("nodes")).toMatch(/^A single node\n\{'available_processors': \d+/);
        expect(first("group")).toBe("Created apk8s_process_group_0\n");
        expect(first("processor")).toBe("Created apk8s_processor_0\n");
        const group = await canvas();
        expect(group.groups).toEqual([
          expect.objectContaining({
            position: { x: 800, y: 200 },
            component: expect.objectContaining({ name: "apk8s_process_group_0" }),
          }),
        ]);
        expect(group.processors).toEqual([
          expect.objectContaining({
            position: { x: 250, y: 0 },
            component: expect.objectContaining({
              name: "apk8s_processor_0",
              type: "org.apache.nifi.processors.standard.GenerateFlowFile",
              validationStatus: "VALID",
              relationships: [expect.objectContaining({ name: "success", autoTerminate: true })],
              config: expect.objectContaining({
                schedulingStrategy: "TIMER_DRIVEN",
                schedulingPeriod: "1s",
                autoTerminatedRelationships: ["success"],
              }),
            }),
          }),
        ]);

        const second = await run();
        expect(second("group")).toBe("apk8s_process_group_0 already exists\n");
        expect(second("summary")).toBe(first("summary"));
        const ids = ({ groups, processors }: typeof group) =>
          [...groups, ...processors].map(({ id }: { id: string }) => id);
        expect(ids(await canvas())).toEqual(ids(group));
      },
      2 * minute,
    );

    describe("behind a login", () => {
      const NIFI_USERNAME = "admin";
      const NIFI_PASSWORD = "p&ss wörd=1";
      let folder: string;
      let proxy: StartedListener;
      beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), "nifi-ca-"));
        const certificates = await makeCertificates();
        await writeFile(join(folder, "ca.crt"), certificates.ca);
        proxy = await startLoginProxy(nifi.url, certificates, { NIFI_USERNAME, NIFI_PASSWORD });
      });
      afterAll(async () => {
        await proxy?.[Symbol.asyncDispose]();
        await rm(folder, { recursive: true });
      });

      const runWithLogin = (env: Readonly<Record<string, string>>) =>
        runNotebook({ notebook, python, env: { NIFI_URL: proxy.url, NIFI_USERNAME, NIFI_PASSWORD, ...env } });

      it(
        "logs in with name, password and the certificate",
        async () => {
          const cells = await runWithLogin({ NIFI_CA_FILE: join(folder, "ca.crt") });
          expect(cells.find(({ id }) => id === "summary")?.text).toContain("apk8s_processor_0 at (250, 0)");
        },
        minute,
      );

      it(
        "reports a wrong password in one line, without the password",
        async () => {
          const env = { NIFI_CA_FILE: join(folder, "ca.crt"), NIFI_PASSWORD: "wrong" };
          await expect(runWithLogin(env)).rejects.toMatchObject({
            cell: "connect",
            reason: expect.stringMatching(
              /^NiFi at 127\.0\.0\.1:\d+ refuses the login of admin: (?!.*wrong)[^\n]+$/,
            ),
          });
        },
        minute,
      );

      it(
        "reports an unknown certificate in one line",
        async () => {
          await expect(runWithLogin({})).rejects.toMatchObject({
            cell: "connect",
            reason: expect.stringMatching(
              /^The certificate of NiFi at 127\.0\.0\.1:\d+ is not trusted: [^\n]+$/,
            ),
          });
        },
        minute,
      );
    });
  });
});

/** A proxy with HTTPS and a login before a NiFi, with NiFi's own requests, because the NiFi of the tests has neither. */
function startLoginProxy(
  target: string,
  certificates: Certificates,
  { NIFI_USERNAME, NIFI_PASSWORD }: Readonly<Record<"NIFI_USERNAME" | "NIFI_PASSWORD", string>>,
): Promise<StartedListener> {
  const token = "a.b.c";
  return startTlsListener(async (request, response) => {
    const { authorization, ...headers } = request.headers;
    if (request.url === "/nifi-api/access/token") {
      const form = new URLSearchParams(await text(request));
      if (form.get("username") === NIFI_USERNAME && form.get("password") === NIFI_PASSWORD)
        response.writeHead(201, { "content-type": "text/plain" }).end(token);
      else response.writeHead(400).end("The supplied username and password are not valid.");
    } else if (authorization === `Bearer ${token}`) {
      forward(request, response, { headers, target });
    } else {
      request.resume();
      response.writeHead(401).end();
    }
  }, certificates);
}
