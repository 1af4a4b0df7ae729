const form = /^(\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,2})?$/;
const factors: Readonly<Record<string, number>> = {
  ...{ "": 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** Parses a Kubernetes quantity, such as `128Mi` or `250m`; undefined when it is invalid. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, unit = ""] = form.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return factors[unit] === undefined ? Number(`${digits}${unit}`) : Number(digits) * factors[unit];
}
