import { FunctionExistsError, FunctionNotFoundError, NotDeployableError } from "../http/errors.ts";
import type {
  DeployedDefinition,
  FunctionKey,
  FunctionProvider,
  NamespaceStore,
  SecretStore,
} from "../http/function-provider.ts";
import type { Bundles } from "./bundles.ts";
import { deployWarnings } from "./deploy-warnings.ts";
import { requireHarmlessEnvironment } from "./function-environment.ts";
import { FunctionProcess } from "./function-process.ts";
import type { LocalFunction, LocalFunctions } from "./local-functions.ts";
import type { LocalDefinition } from "./stack.ts";

/** Options of LocalProvider. */
export interface LocalProviderOptions {
  functions: LocalFunctions;
  bundles: Bundles;
  secrets: SecretStore;
  namespaces: NamespaceStore;
}

/** A definition that can run locally, with its warnings. */
interface Deployable {
  definition: LocalDefinition;
  warnings: string[];
}

/** Deploys functions as processes that run bundles on this machine. Deployments are lost when the gateway ends. */
export class LocalProvider implements FunctionProvider {
  readonly secrets: SecretStore;
  readonly namespaces: NamespaceStore;
  readonly maxReplicas = 1;
  readonly #functions: LocalFunctions;
  readonly #bundles: Bundles;

  constructor({ functions, bundles, secrets, namespaces }: LocalProviderOptions) {
    this.#functions = functions;
    this.#bundles = bundles;
    this.secrets = secrets;
    this.namespaces = namespaces;
  }

  async deploy(deployed: DeployedDefinition): Promise<readonly string[]> {
    const { definition, warnings } = await this.#toDeployable(deployed);
    const { name, namespace } = deployed;
    if (this.#functions.catalog.get(name, namespace) !== undefined) throw new FunctionExistsError({ name });
    void this.#functions.warnUnlessUp(this.#functions.start(definition));
    return warnings;
  }

  async update(deployed: DeployedDefinition): Promise<readonly string[]> {
    await this.#find(deployed);
    const { definition, warnings } = await this.#toDeployable(deployed);
    // The function may have been removed in the meantime.
    this.#functions.update(await this.#find(deployed), definition);
    return warnings;
  }

  async remove(key: FunctionKey): Promise<void> {
    this.#functions.remove(await this.#find(key));
  }

  async scale(key: FunctionKey, replicas: number): Promise<void> {
    const target = await this.#find(key);
    if (replicas > 1) {
      throw new NotDeployableError({
        reason: `npm start runs one process of a function; scale ${key.name} to 0 or 1, not to ${replicas}.`,
      });
    }
    if (!(target instanceof FunctionProcess)) throw target.refusal;
    target.scale(replicas === 0 ? 0 : 1);
  }

  /** @throws FunctionNotFoundError (404) */
  async #find({ name, namespace }: FunctionKey): Promise<LocalFunction> {
    await this.#functions.started;
    const { catalog } = this.#functions;
    const target = catalog.get(name, namespace);
    if (target === undefined) throw new FunctionNotFoundError({ name, names: catalog.names() });
    return target;
  }

  /** @throws NotDeployableError (400), NamespaceNotFoundError (404) */
  async #toDeployable(deployed: DeployedDefinition): Promise<Deployable> {
    const { name, image, namespace } = deployed;
    await this.#functions.started;
    requireHarmlessEnvironment(deployed);
    const secrets = await this.secrets.list(namespace);
    const missing = deployed.secrets.filter((secret) => !secrets.includes(secret));
    if (missing.length > 0) {
      throw new NotDeployableError({
        reason: `There is no secret ${missing.join(", ")}; create it first: faas-cli secret create NAME.`,
      });
    }
    const warnings = deployWarnings(deployed, this.#functions.peers);
    const { handler, isOfName } = this.#bundles.find({ image, name });
    if (isOfName) {
      warnings.unshift(`There is no bundle for image ${image}; the bundle of the function ${name} runs.`);
    }
    return { definition: { ...deployed, handler }, warnings };
  }
}
