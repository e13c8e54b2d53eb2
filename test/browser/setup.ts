import { chromium, hasChromium } from './chromium';

/** Says why nothing is tested where there is no browser. */
export default function setup(): void {
  if (!hasChromium)
    console.log(`There is no ${chromium}: the pages are not tested. On Debian: apt-get install chromium`);
}
