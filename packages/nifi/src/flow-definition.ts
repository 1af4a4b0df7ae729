/** A part of a flow definition, the JSON format of NiFi's downloads and uploads. */
export interface FlowPart {
  [field: string]: unknown;
}

/** A parameter in a flow definition. A sensitive parameter has no value. */
export interface FlowParameter extends FlowPart {
  name: string;
  sensitive?: boolean;
  value?: string | null;
  description?: string | null;
}

export interface FlowParameterContext extends FlowPart {
  name: string;
  parameters: readonly FlowParameter[];
}

/** A processor, controller service, connection, port, label or process group. */
export interface FlowComponent extends FlowPart {
  identifier: string;
  /** The id of the component on the canvas. */
  instanceIdentifier?: string;
}

export interface FlowGroup extends FlowComponent {
  name: string;
}

/** A flow definition. */
export interface FlowDefinition extends FlowPart {
  flowContents: FlowGroup;
  parameterContexts?: Readonly<Record<string, FlowParameterContext>>;
}
