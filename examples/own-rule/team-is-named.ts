import { labelsOf, type Rule } from 'fluxwright';

/** A rule of this project: who is called when something in a namespace breaks at night. */
export const teamIsNamed: Rule = {
  id: 'team-is-named',
  title: 'Every Namespace says which team it belongs to.',
  severity: 'warning',
  why: 'An alert goes to the team that the label of its namespace names; without one it goes to nobody.',
  bad: `kind: Namespace
metadata: { name: shop }`,
  good: `kind: Namespace
metadata: { name: shop, labels: { team: checkout } }`,
  *check({ of }) {
    for (const object of of('Namespace')) {
      if (labelsOf(object.body)['team'] !== undefined) continue;
      const message = `the Namespace ${object.name} names no team`;
      const fix = `write cluster.namespace('${object.name}', { labels: { team: '…' } })`;
      yield { object, path: 'metadata.labels.team', message, fix };
    }
  },
};
