import type { FluxApp } from './flux-app';

/** Whoever runs a project's `main.ts` and wants its app, rather than have it write `dist/`. */
export type Host = (app: FluxApp) => void;

const key = Symbol.for('fluxwright.host');
const place = globalThis as unknown as { [key]: Host | undefined };

/** The host that is in charge, if any. */
export function currentHost(): Host | undefined {
  return place[key];
}

/** Put a host in charge; the next `synth()` gives it the app. */
export function setHost(host: Host | undefined): void {
  place[key] = host;
}
