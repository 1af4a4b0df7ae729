/** Any Kubernetes object. */
export interface KubernetesObject {
  kind: string;
  apiVersion?: string;
  metadata: ObjectMetadata;
}

interface ObjectMetadata {
  name: string;
  namespace?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
}

export interface Container {
  name: string;
  image: string;
  restartPolicy?: string;
  resources?: { requests?: Readonly<Record<string, string>> };
}

export interface PodSpec {
  containers: readonly Container[];
  initContainers?: readonly Container[];
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** A Deployment, StatefulSet or Job. */
export interface Workload extends KubernetesObject {
  spec: {
    replicas?: number;
    completions?: number;
    selector?: { matchLabels?: Readonly<Record<string, string>> };
    template: { spec: PodSpec };
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    succeeded?: number;
    conditions?: readonly Condition[];
  };
}

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { exitCode: number; reason?: string; message?: string };
  running?: object;
}

export interface ContainerStatus {
  name: string;
  image: string;
  ready: boolean;
  restartCount: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface Pod extends KubernetesObject {
  spec: PodSpec;
  status?: {
    phase?: string;
    conditions?: readonly Condition[];
    initContainerStatuses?: readonly ContainerStatus[];
    containerStatuses?: readonly ContainerStatus[];
  };
}

export interface Node extends KubernetesObject {
  spec: { unschedulable?: boolean };
  status: {
    allocatable: Readonly<Record<string, string>>;
    /** null for images without a name. */
    images?: readonly { names?: readonly string[] | null }[];
  };
}

/** An event about an object. */
export interface ClusterEvent extends KubernetesObject {
  involvedObject: { kind: string; name: string };
  message: string;
  lastTimestamp?: string | null;
  eventTime?: string | null;
}
