import { httpCall } from "../support/http/http-call.ts";
import { waitFor } from "../support/wait-for.ts";
import { startMirrorGateway } from "./mirror-gateway.ts";

describe("a function with a schedule", () => {
  it("is called at its scheduled times, and the calls are counted", async () => {
    await using gateway = await startMirrorGateway({}, { topic: "cron-function", schedule: "@every 1s" });
    const count = () => gateway.output().match(/mirrored POST \/$/gm)?.length ?? 0;
    await waitFor("two calls", () => count() >= 2);
    const { body: metrics } = await httpCall(`${gateway.url}/metrics`);
    const readSample = (sample: string) =>
      Number(
        metrics
          .split("\n")
          .find((line) => line.startsWith(sample))
          ?.split(" ")[1],
      );
    expect(
      readSample('gateway_scheduled_calls_total{function_name="mirror",outcome="succeeded"}'),
    ).toBeGreaterThan(0);
    expect(
      readSample('gateway_function_invocation_total{function_name="mirror",code="200"}'),
    ).toBeGreaterThanOrEqual(2);
    const view = await httpCall(`${gateway.url}/ui/api/functions/mirror/calls`);
    expect(JSON.parse(view.body).calls[0]).toMatchObject({ kind: "scheduled", status: 200 });
  }, 30_000);
});
