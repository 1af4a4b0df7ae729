import type { Span } from "@platform/shared/telemetry/tracing";
import type { Message } from "../message.ts";
import { createMessage } from "../testing/create-message.ts";
import { deliverySpan, setVerdict } from "./delivery-span.ts";

const traceparent = (digit: number) => `00-${String(digit).repeat(32)}-b7ad6b7169203331-01`;
const traced = (offset: number, digit: number): Message => ({
  ...createMessage(offset),
  headers: { traceparent: Buffer.from(traceparent(digit)) },
});

it("continues the trace of a single message", () => {
  expect(deliverySpan("f", [traced(7, 1)])).toMatchObject({
    name: "process orders",
    kind: "consumer",
    parent: { traceparent: traceparent(1) },
    attributes: {
      "messaging.destination.name": "orders",
      "messaging.destination.partition.id": "1",
      "messaging.kafka.offset": 7,
      "faas.invoked_name": "f",
    },
  });
});

it("starts a trace for several messages, with one link to each of their traces", () => {
  const span = deliverySpan("f", [traced(1, 1), createMessage(2), traced(3, 2), traced(4, 1)]);
  expect(span.parent).toBeUndefined();
  expect(span.links).toEqual([{ traceparent: traceparent(1) }, { traceparent: traceparent(2) }]);
  expect(span.attributes).toMatchObject({ "messaging.batch.message_count": 4 });
});

describe("setVerdict", () => {
  const refusal = { status: 422, code: "not_good", reason: "secret" };
  const delivered = { kind: "delivered", refused: [], skipped: [], waiting: [] } as const;
  let span: jest.Mocked<Span>;
  beforeEach(() => {
    span = { set: jest.fn(), fail: jest.fn() };
  });

  it("marks a refused message by its code", () => {
    setVerdict(span, { ...delivered, refused: [{ index: 2, refusal }] }, 200);
    expect(span.fail).toHaveBeenCalledWith("not_good");
    expect(span.set).toHaveBeenCalledWith({ "platform.refused_count": 1 });
  });

  it("marks a refused call by its code, and a retried one by its status", () => {
    setVerdict(span, { kind: "refused", refusal }, 422);
    setVerdict(span, { kind: "retry", reason: "HTTP status 503" }, 503);
    expect(span.fail.mock.calls).toEqual([["not_good"], ["503"]]);
  });

  it("leaves the span of a delivered call unchanged", () => {
    setVerdict(span, delivered, 200);
    expect(span.fail).not.toHaveBeenCalled();
  });
});
