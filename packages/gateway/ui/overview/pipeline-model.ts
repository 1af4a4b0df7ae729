import type { DependencyView } from "../../src/console/live/view.ts";

export type PartState = DependencyView["state"];

/** A part of the platform in the picture. */
export interface PipelineNode {
  key: string;
  /** Its kind, such as "topic". */
  kind: string;
  name: string;
  /** One or two figures as text. */
  facts: string;
  /** Undefined if it cannot be known, for example for producers of a topic. */
  state: PartState | undefined;
  /** The path of its view below `/ui/`. */
  path: readonly string[];
  /** The setting that configures it, if it is not configured. */
  setting?: string;
}

/** The flow between two parts. */
export interface PipelineArrow {
  /** The rate as text; empty if nothing can flow. */
  rate: string;
  isMoving: boolean;
  /** Notes about lag and failures. */
  notes: readonly ArrowNote[];
}

/** A note on an arrow besides the rate. */
export interface ArrowNote {
  text: string;
  tone: "quiet" | "warn" | "bad";
  /** The path of a view with details. */
  path?: readonly string[];
  /** The setting that configures the missing part. */
  setting?: string;
}

/** Nodes side by side, and the arrow that leads to them. */
export interface PipelineStep {
  arrow?: PipelineArrow;
  nodes: readonly PipelineNode[];
}

/** A row of the picture. */
export interface PipelineLane {
  key: string;
  label: string;
  steps: readonly PipelineStep[];
}
