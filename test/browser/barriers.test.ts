import { expect } from '@jest/globals';
import { barriers, browserTest } from './browser';

browserTest('a field without a label and faint text are barriers', async (open) => {
  const page = await open('about:blank');
  await page.setContent(
    '<html lang="en"><title>t</title><main><h1>h</h1><input><p style="color:#ccc">faint</p></main></html>',
  );
  const rules = (await barriers(page)).map((barrier) => barrier.split(': ').slice(0, 2).join(' '));
  expect(rules).toEqual(['light color-contrast', 'light label', 'dark color-contrast', 'dark label']);
});
