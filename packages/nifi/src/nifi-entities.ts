import type { FlowParameter } from "./flow-definition.ts";

/** NiFi's counter for optimistic locking. */
export interface Revision {
  version: number;
}

/** The description of a property by this version of a component. */
interface PropertyDescriptor {
  name: string;
  defaultValue?: string;
}

export type Descriptors = Readonly<Record<string, PropertyDescriptor>>;

/** The common fields of processors and controller services. */
export interface ComponentFacts {
  id: string;
  parentGroupId: string;
  name: string;
  type: string;
  state: string;
  validationStatus: "VALID" | "INVALID" | "VALIDATING";
  validationErrors?: readonly string[];
  /** True when this NiFi lacks the type. */
  extensionMissing: boolean;
}

export interface ProcessorEntity {
  id: string;
  revision: Revision;
  component: ComponentFacts & { config: { descriptors?: Descriptors } };
  status: { aggregateSnapshot: { activeThreadCount: number } };
}

export interface ServiceEntity {
  id: string;
  revision: Revision;
  component: ComponentFacts & { descriptors?: Descriptors };
}

export interface PortEntity {
  id: string;
  revision: Revision;
  component: Omit<ComponentFacts, "validationStatus" | "extensionMissing">;
}

export interface GroupEntity {
  id: string;
  revision: Revision;
  position: { x: number; y: number };
  component: {
    name: string;
    parentGroupId?: string;
    parameterContext?: { id: string; component?: { name: string } };
  };
}

/** A component that refers to a parameter. */
interface Reference {
  id: string;
  component: { processGroupId: string };
}

/** A parameter on the canvas; NiFi returns a sensitive value as asterisks. */
export interface CanvasParameter extends FlowParameter {
  referencingComponents?: readonly Reference[];
}

export interface ParameterContextEntity {
  id: string;
  revision: Revision;
  component: { name: string; parameters: readonly { parameter: CanvasParameter }[] };
}

/** An asynchronous request of NiFi. */
export interface AsyncRequest {
  request: {
    requestId: string;
    complete: boolean;
    percentCompleted: number;
    state: string;
    failureReason?: string;
    /** The components that a change of parameters has affected. */
    referencingComponents?: readonly { id: string }[];
  };
}
