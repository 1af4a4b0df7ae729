import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mountSecret } from "../testing/mounted-secret.ts";
import { createElasticsearchConnection } from "./elasticsearch-connection.ts";
import { openElasticsearch } from "./open-elasticsearch.ts";

/** A fake of Elasticsearch that accepts one password, and answers 401 to all others. */
async function startElasticsearch() {
  const state = { password: "old:horse", statuses: [] as number[] };
  const server = createServer((request, response) => {
    const expected = `Basic ${Buffer.from(`ada:${state.password}`).toString("base64")}`;
    const status = request.headers.authorization === expected ? 200 : 401;
    state.statuses.push(status);
    const headers = { "content-type": "application/json", "x-elastic-product": "Elasticsearch" };
    response.writeHead(status, headers).end(JSON.stringify({ tagline: "You know" }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe("createElasticsearchConnection", () => {
  it("reads the secret again when a request is refused, and repeats the request once", async () => {
    await using elasticsearch = await startElasticsearch();
    const { state } = elasticsearch;
    using secret = mountSecret({ login: "ada:old:horse\n" });
    const config = { SECRETS_DIR: secret.path, ELASTICSEARCH_BASIC_SECRET_NAME: "login" };
    const connection = createElasticsearchConnection(() => openElasticsearch(elasticsearch.url, config));
    const ask = () => connection.request((client) => client.info());

    await ask();
    state.password = "new:horse";
    await expect(ask()).rejects.toMatchObject({ statusCode: 401 });
    secret.swap({ login: "ada:new:horse\n" });
    await ask();
    expect(state.statuses).toEqual([200, 401, 401, 200]);

    state.password = "newest:horse";
    secret.swap({ login: "ada:newest:horse\n" });
    await Promise.all([ask(), ask()]);
    expect(state.statuses.slice(4).sort()).toEqual([200, 200, 401, 401]);
    await connection.close();
  });
});
