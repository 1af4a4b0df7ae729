import { viewUrl } from "../shell/router.ts";
import type { PipelineArrow, PipelineLane, PipelineNode } from "./pipeline-model.ts";

/** The pipeline as boxes and arrows; each box links to its view. */
export function PipelinePicture({ lanes }: { lanes: readonly PipelineLane[] }) {
  return (
    <div class="pipeline">
      {lanes.map(({ key, label, steps }) => (
        <ol key={key} class={`pipeline-lane ${laneClass(steps.length)}`} aria-label={label}>
          {steps.map(({ arrow, nodes }) => (
            <li key={nodes[0]?.key} class="pipeline-step">
              {arrow && <Arrow arrow={arrow} />}
              <div class="pipeline-nodes">
                {nodes.map((node) => (
                  <Node key={node.key} node={node} />
                ))}
              </div>
            </li>
          ))}
        </ol>
      ))}
    </div>
  );
}

/** Lanes with few boxes have wider ones. */
function laneClass(steps: number): string {
  if (steps <= 2) return "is-short";
  return steps <= 4 ? "is-medium" : "";
}

const stateWords = {
  up: "up",
  down: "down",
  checking: "checking",
  off: "off",
  unknown: "state unknown",
} as const;

function Node({ node: { kind, name, facts, state, path, setting } }: { node: PipelineNode }) {
  return (
    <a class={`pipeline-node ${setting === undefined ? "" : "is-off"}`} href={viewUrl(path)}>
      <span class="pipeline-kind">
        {kind}
        {state !== undefined && setting === undefined && (
          <span class={`state ${state}`}>
            <span class={state === "up" ? "unseen" : undefined}>{stateWords[state]}</span>
          </span>
        )}
      </span>
      <strong>{name}</strong>
      {facts !== "" && <span class="quiet">{facts}</span>}
      {setting !== undefined && <code>{setting}</code>}
    </a>
  );
}

function Arrow({ arrow: { rate, isMoving, notes } }: { arrow: PipelineArrow }) {
  return (
    <div class={`pipeline-arrow ${isMoving ? "is-moving" : ""} ${rate === "" ? "is-off" : ""}`}>
      <span class="pipeline-rate">{rate}</span>
      <span class="pipeline-line" aria-hidden="true" />
      <span class="pipeline-notes">
        {notes.map(({ text, tone, path, setting }) =>
          path === undefined ? (
            <span key={text} class={tone}>
              {text}
            </span>
          ) : (
            <a key={path.join()} class={tone} href={viewUrl(path)}>
              {text} {setting !== undefined && <code>{setting}</code>}
            </a>
          ),
        )}
      </span>
    </div>
  );
}
