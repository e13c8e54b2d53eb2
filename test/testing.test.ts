import { ApiObject } from 'cdk8s';
import { expect, test } from '@jest/globals';
import { Cluster, FluxApp, FluxChart } from 'fluxwright';
import { compileForTest, type TestEstate } from 'fluxwright/testing';

function compiled(...clusters: readonly string[]): TestEstate {
  const app = new FluxApp();
  for (const name of clusters) {
    const chart = new FluxChart(new Cluster(app, name), 'shop', { namespace: 'shop' });
    const metadata = { name: 'settings' };
    new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } });
  }
  return compileForTest(app);
}

test('a test gets the objects, the files and the findings of an app', () => {
  const { object, objects, files, findings } = compiled('one');
  expect(object('cm/settings').body).toMatchObject({ data: { a: '1' } });
  expect(objects('Namespace').map(({ name }) => name)).toEqual(['shop']);
  expect(files.get('one/shop/shop/configmap_settings.yaml')).toContain('a: "1"');
  expect(findings).toEqual([]);
});

test('a name that is not there, or that several have, is an error with names to choose from', () => {
  expect(() => compiled('one').object('cm/setings')).toThrow(
    'there is no object cm/setings: did you mean settings?',
  );
  const both = compiled('one', 'two');
  expect(() => both.object('cm/settings')).toThrow(
    'one: ConfigMap shop/settings, two: ConfigMap shop/settings',
  );
  expect(both.object('two/cm/settings').name).toBe('settings');
});
