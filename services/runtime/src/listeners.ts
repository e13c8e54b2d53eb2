/** Who wants to hear of changes. */
export interface Listeners {
  /** Adds a listener; returns what removes it. */
  readonly add: (listener: () => void) => () => void;
  readonly tell: () => void;
}

/** Nobody, to begin with. */
export function createListeners(): Listeners {
  const all = new Set<() => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell: () => {
      for (const listener of all) listener();
    },
  };
}
