/** The first segment of a view's path; empty for the overview. */
export type ViewName = "" | "documents" | "topics" | "functions" | "ethereum" | "health";
