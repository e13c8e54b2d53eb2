import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ended, project, start } from './project';

const main = `import { Cluster, FluxApp } from 'fluxwright';
import { Shop } from './charts/shop';
const app = new FluxApp();
new Shop(new Cluster(app, 'test'));
app.synth();
`;
const chart = (value: string): string => `import { readFileSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import { type Cluster, FluxChart } from 'fluxwright';
export class Shop extends FluxChart {
  constructor(cluster: Cluster) {
    super(cluster, 'shop', { namespace: 'shop' });
    const data = { value: ${value}, text: readFileSync('text.txt', 'utf8') };
    new ApiObject(this, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map' }, data });
  }
}
`;

const folder = project(main, { 'charts/shop.ts': chart(`'1'`), 'text.txt': 'one' });
const written = join(folder, 'dist/test/shop/shop/configmap_map.yaml');
let child: ChildProcess | undefined;
afterAll(() => void child?.kill('SIGKILL'));

/** Everything on standard error since the last time, once it holds a text. */
function says(text: string): Promise<string> {
  return new Promise((done, fail) => {
    let all = '';
    const listen = (part: Buffer): void => {
      all += part.toString();
      if (!all.includes(text)) return;
      child?.stderr?.off('data', listen);
      done(all);
    };
    child?.stderr?.on('data', listen);
    child?.once('close', () => fail(new Error(`it ended: ${all}`)));
  });
}

test('every save is synthesized, a broken one is said and mended, and Ctrl-C ends it cleanly', async () => {
  child = start(folder, ['synth', '--watch']);
  const end = ended(child);
  expect(await says('watching')).toMatch(/^synthesized: \d+ written/);
  expect(readFileSync(written, 'utf8')).toContain('value: "1"');

  let next = says(' ms\n');
  writeFileSync(join(folder, 'charts/shop.ts'), chart(`'2'`));
  expect(await next).toMatch(/^charts\/shop\.ts: 1 written, 0 removed, \d+ unchanged, \d+ ms\n$/);
  expect(readFileSync(written, 'utf8')).toContain('value: "2"');

  next = says(' ms\n');
  writeFileSync(join(folder, 'charts/shop.ts'), chart('{'));
  const broken = await next;
  expect(broken).toContain('error[syntax]');
  expect(broken).toContain('charts/shop.ts: nothing was written');
  expect(readFileSync(written, 'utf8')).toContain('value: "2"');

  next = says(' ms\n');
  writeFileSync(join(folder, 'charts/shop.ts'), chart(`'3'`));
  expect(await next).toContain('1 written');
  expect(readFileSync(written, 'utf8')).toContain('value: "3"');

  next = says(' ms\n');
  writeFileSync(join(folder, 'text.txt'), 'two');
  expect(await next).toContain('text.txt: 1 written');
  expect(readFileSync(written, 'utf8')).toContain('text: two');

  child.kill('SIGINT');
  expect((await end).code).toBe(0);
});
