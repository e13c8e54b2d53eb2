/** One thing that a program cannot do its job without. */
export interface Need {
  met(): void;
  unmet(reason: string): void;
  readonly isMet: boolean;
}

/** Whether the program can do its job, and what it waits for if not. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly waitingFor: Readonly<Record<string, string>>;
}

/** Knows every {@link Need} of a program. */
export interface Readiness {
  /** Declares a need. It is unmet, for the reason given, until somebody says otherwise. */
  need(name: string, reason: string): Need;
  report(): ReadinessReport;
  /** Calls the listener with each change of the report, from now on. */
  onChange(listener: (report: ReadinessReport) => void): void;
}

/** A readiness without needs: ready. */
export function createReadiness(): Readiness {
  const reasons = new Map<string, string>();
  const listeners: ((report: ReadinessReport) => void)[] = [];
  const report = (): ReadinessReport => ({
    ready: reasons.size === 0,
    waitingFor: Object.fromEntries(reasons),
  });
  const change = (edit: () => void): void => {
    const before = JSON.stringify(report());
    edit();
    if (JSON.stringify(report()) !== before) for (const listener of listeners) listener(report());
  };
  return {
    report,
    onChange: (listener) => listeners.push(listener),
    need(name, reason) {
      change(() => reasons.set(name, reason));
      return {
        met: () => change(() => reasons.delete(name)),
        unmet: (reason) => change(() => reasons.set(name, reason)),
        get isMet() {
          return !reasons.has(name);
        },
      };
    },
  };
}
