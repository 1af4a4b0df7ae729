/** DNS label that begins with a letter, as Services need it. */
const serviceName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
/** 253 less the prefix that Kubernetes' name of the secret has. */
const longestSecretName = 244;

/** May a function have this name? */
export function isFunctionName(name: string): boolean {
  return serviceName.test(name);
}

/** May a namespace have this name? */
export function isNamespaceName(name: string): boolean {
  return dnsLabel.test(name);
}

/** May a secret have this name? */
export function isSecretName(name: string): boolean {
  return name.length <= longestSecretName && dnsSubdomain.test(name);
}

/** May an environment variable have this name? */
export function isEnvironmentName(name: string): boolean {
  return environmentName.test(name);
}

/** May a label or an annotation have this key: a name of 63 characters, with or without a DNS name before it? */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf("/");
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  return qualifiedName.test(name) && (prefix === undefined || isDnsName(prefix));
}

/** May a label have this value? */
export function isLabelValue(value: string): boolean {
  return value === "" || qualifiedName.test(value);
}

function isDnsName(text: string): boolean {
  return text.length <= 253 && dnsSubdomain.test(text);
}
