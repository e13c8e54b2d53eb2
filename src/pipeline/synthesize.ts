import type { FluxApp } from '../construct/flux-app';

export function synthesize(_app: FluxApp): void {}
