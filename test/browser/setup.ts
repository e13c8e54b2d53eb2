import { hasChromium, withoutChromium } from './chromium';

/** Says why nothing is tested where there is no browser. */
export default function setup(): void {
  if (!hasChromium) console.log(withoutChromium);
}
