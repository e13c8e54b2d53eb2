import { existsSync } from 'node:fs';

/** Debian's Chromium. */
export const chromium = '/usr/bin/chromium';

/** Whether pages can be tested here. */
export const hasChromium = existsSync(chromium);

/** What to say where there is none. */
export const withoutChromium = `There is no ${chromium}: the pages are not tested. On Debian: apt-get install chromium`;

/** A browser that stays by itself: it asks nobody for updates, extensions or accounts. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
