import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FluxApp } from '../construct/flux-app';
import { setHost } from '../construct/host';
import { UsageError } from './crash';

/** Run a project's `main.ts` and get the app that it synthesizes; nothing is written. */
export function loadApp(entry: string | undefined): FluxApp {
  const file = resolve(entry ?? entryOfProject());
  if (!existsSync(file))
    throw new UsageError(
      `${file} does not exist: call fluxwright where your main.ts is, or say --app <file>`,
    );
  let app: FluxApp | undefined;
  setHost((synthesized) => (app = synthesized));
  try {
    if (/\.[cm]?tsx?$/.test(file)) require('tsx/cjs');
    require(file);
  } finally {
    setHost(undefined);
  }
  if (!app)
    throw new UsageError(`${file} synthesizes nothing: make a FluxApp in it and end with app.synth()`);
  return app;
}

/** The program that `cdk8s.yaml` names, or `main.ts`. */
function entryOfProject(): string {
  if (!existsSync('cdk8s.yaml')) return 'main.ts';
  const named = /^app:.*?(\S+\.[cm]?[tj]s)\b/m.exec(readFileSync('cdk8s.yaml', 'utf8'));
  return named?.[1] ?? 'main.ts';
}
