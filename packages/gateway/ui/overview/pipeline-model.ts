import type { DependencyView } from "../../src/console/live/view.ts";

export type PartState = DependencyView["state"];

/** A part of the platform in the picture. */
export interface PipelineNode {
  key: string;
  /** What it is, such as "topic". */
  kind: string;
  name: string;
  /** A figure or two, in words. */
  facts: string;
  /** undefined: nothing is known about it, for example about who writes to a topic. */
  state: PartState | undefined;
  /** The path of its view below `/ui/`. */
  path: readonly string[];
  /** The setting that names it, where it is not configured. */
  setting?: string;
}

/** What runs from a part to the next. */
export interface PipelineArrow {
  /** The rate, in words; empty where nothing can run. */
  rate: string;
  isMoving: boolean;
  /** What is late or fails, each in words. */
  notes: readonly ArrowNote[];
}

/** Something that an arrow tells besides the rate. */
export interface ArrowNote {
  text: string;
  tone: "quiet" | "warn" | "bad";
  /** The path of a view with more about it. */
  path?: readonly string[];
  /** The setting that names what is missing. */
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
