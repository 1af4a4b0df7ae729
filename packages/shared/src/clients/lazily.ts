/** Something that is opened when it is first asked for. */
export interface Lazily<T> {
  /** The one that is open, or being opened; a failure to open it is not kept. */
  get(): Promise<T>;
  /** The next one who asks gets a new one. Gives the one that was open. */
  drop(): Promise<T> | undefined;
}

export function lazily<T>(open: () => Promise<T>): Lazily<T> {
  let opened: Promise<T> | undefined;
  return {
    get() {
      if (opened !== undefined) return opened;
      const opening = open();
      opened = opening;
      opening.catch(() => {
        if (opened === opening) opened = undefined;
      });
      return opening;
    },
    drop() {
      const last = opened;
      opened = undefined;
      return last;
    },
  };
}
