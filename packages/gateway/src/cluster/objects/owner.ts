/** The label of the objects that the gateway deploys; kubectl's have none, and the gateway does not change them. */
export const ownerLabel = "app.kubernetes.io/managed-by";

/** The label's value. */
export const owner = "gateway";
