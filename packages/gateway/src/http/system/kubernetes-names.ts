/** A DNS label that starts with a letter, as Services require. */
const serviceName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
/** 253 minus the prefix of the Kubernetes Secret's name. */
const longestSecretName = 244;

/** Whether a function may have this name. */
export function isFunctionName(name: string): boolean {
  return serviceName.test(name);
}

/** Whether a namespace may have this name. */
export function isNamespaceName(name: string): boolean {
  return dnsLabel.test(name);
}

/** Whether a secret may have this name. */
export function isSecretName(name: string): boolean {
  return name.length <= longestSecretName && dnsSubdomain.test(name);
}

/** Whether an environment variable may have this name. */
export function isEnvironmentName(name: string): boolean {
  return environmentName.test(name);
}

/** Whether a label or annotation may have this key: a name of up to 63 characters with an optional DNS prefix. */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf("/");
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  return qualifiedName.test(name) && (prefix === undefined || isDnsName(prefix));
}

/** Whether a label may have this value. */
export function isLabelValue(value: string): boolean {
  return value === "" || qualifiedName.test(value);
}

function isDnsName(text: string): boolean {
  return text.length <= 253 && dnsSubdomain.test(text);
}
