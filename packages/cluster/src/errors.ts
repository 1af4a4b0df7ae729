import { PlatformError } from "@platform/shared/errors/platform-error";

/** A program that `npm run cluster` needs. */
export interface MissingProgram {
  name: string;
  /** Its purpose, and its installation page. */
  advice: string;
}

/** Programs are missing or do not answer. The error lists all of them. */
export class ProgramsMissingError extends PlatformError {
  constructor(programs: readonly MissingProgram[]) {
    const lines = programs.map(({ name, advice }) => `  ${name}: ${advice}`);
    const count = programs.length === 1 ? "A program is" : `${programs.length} programs are`;
    super({
      status: 503,
      code: "programs_missing",
      detail: `${count} missing or not running:\n${lines.join("\n")}`,
    });
  }
}

/** A program exited with an error. */
export class CommandFailedError extends PlatformError {
  /** The program's standard error, if it was captured. */
  readonly stderr: string;

  constructor({ command, reason, stderr = "" }: { command: string; reason: string; stderr?: string }) {
    super({ status: 502, code: "command_failed", detail: `${command} failed: ${reason}` });
    this.stderr = stderr;
  }
}

/** There is no cluster to show or to delete. */
export class ClusterMissingError extends PlatformError {
  constructor(name: string) {
    const detail = `There is no cluster ${name}; "npm run cluster -- up" creates it, and --context NAME selects another cluster.`;
    super({ status: 404, code: "cluster_missing", detail });
  }
}

/** The cluster does not answer, or its Kubernetes is too old. */
export class ClusterUnusableError extends PlatformError {
  constructor({ title, reason }: { title: string; reason: string }) {
    super({ status: 503, code: "cluster_unusable", detail: `${title} cannot be used: ${reason}.` });
  }
}

/** No tool can load images into the cluster. */
export class LoaderMissingError extends PlatformError {
  constructor(title: string) {
    const detail = `Images cannot be loaded into ${title}: it is not a cluster of kind, k3d or minikube. Set CLUSTER_LOAD to a program that loads them, or use --no-images with an overlay that names your registry.`;
    super({ status: 422, code: "loader_missing", detail });
  }
}

/** The overlay does not exist or cannot be rendered. */
export class OverlayError extends PlatformError {
  constructor({ overlay, reason }: { overlay: string; reason: string }) {
    super({
      status: 422,
      code: "overlay_invalid",
      detail: `The overlay "${overlay}" cannot be used: ${reason}`,
    });
  }
}

/** Memory or processors do not suffice. */
export class TooSmallError extends PlatformError {
  constructor({ target, shortages }: { target: string; shortages: readonly string[] }) {
    const detail = `${target} is too small: ${shortages.join("; ")}. Leave parts out (--without nifi), add resources, or continue with --force.`;
    super({ status: 503, code: "cluster_too_small", detail });
  }
}

/** The cluster has secrets, but the folder has none. */
export class SecretsElsewhereError extends PlatformError {
  constructor(folder: string) {
    const detail = `The cluster has secrets, but ${folder} has none: new secrets would not match its data. Copy the folder of this cluster (--secrets DIR), or delete the platform with "npm run cluster -- down".`;
    super({ status: 409, code: "secrets_elsewhere", detail });
  }
}

/** Workloads did not become ready. */
export class NotReadyError extends PlatformError {
  constructor({ reason, problems }: { reason: string; problems: readonly string[] }) {
    const lines = problems.map((problem) => `\n  ${problem}`).join("");
    const detail = `${reason}:${lines}\nCorrect the cause, then run "npm run cluster -- up" again.`;
    super({ status: 504, code: "not_ready", detail });
  }
}

/** The user did not confirm. */
export class NotConfirmedError extends PlatformError {
  constructor(detail: string) {
    super({ status: 409, code: "not_confirmed", detail });
  }
}

/** A signal ended the command. */
export class InterruptedError extends PlatformError {
  constructor(signal: string) {
    const detail = `Interrupted by ${signal}; "npm run cluster -- up" continues.`;
    super({ status: 503, code: "interrupted", detail });
  }
}
