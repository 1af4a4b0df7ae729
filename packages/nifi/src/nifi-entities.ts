import type { FlowParameter } from "./flow-definition.ts";

/** What NiFi counts changes with. */
export interface Revision {
  version: number;
}

/** A property as a component of this version describes it. */
interface PropertyDescriptor {
  name: string;
  defaultValue?: string;
}

export type Descriptors = Readonly<Record<string, PropertyDescriptor>>;

/** What processors and controller services have in common. */
export interface ComponentFacts {
  id: string;
  parentGroupId: string;
  name: string;
  type: string;
  state: string;
  validationStatus: "VALID" | "INVALID" | "VALIDATING";
  validationErrors?: readonly string[];
  /** This NiFi does not have the type. */
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

/** A parameter as it is on the canvas; a sensitive value comes as asterisks. */
export interface CanvasParameter extends FlowParameter {
  referencingComponents?: readonly Reference[];
}

export interface ParameterContextEntity {
  id: string;
  revision: Revision;
  component: { name: string; parameters: readonly { parameter: CanvasParameter }[] };
}

/** Something that NiFi does over a while. */
export interface AsyncRequest {
  request: {
    requestId: string;
    complete: boolean;
    percentCompleted: number;
    state: string;
    failureReason?: string;
    /** Of a change of parameters: what it has affected. */
    referencingComponents?: readonly { id: string }[];
  };
}
