/** The label of objects that the gateway deployed. The gateway does not change objects without it, such as kubectl's. */
export const ownerLabel = "app.kubernetes.io/managed-by";

/** The label's value. */
export const owner = "gateway";
