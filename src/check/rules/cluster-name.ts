import type { Rule } from '../rule';

export const clusterName: Rule = {
  id: 'cluster-name',
  title: 'Every cluster has a name of its own that is fit to be a folder.',
  severity: 'error',
  why: "A cluster's name is its folder in dist/: two of one name would write over each other.",
  bad: `new Cluster(app, 'Production EU');`,
  good: `new Cluster(app, 'production-eu');`,
  *check({ cluster, estate }) {
    const { name } = cluster.info;
    const first = estate.clusters.find(({ info }) => info.name === name);
    if (first && first.info !== cluster.info) {
      yield {
        message: `there are two clusters called ${name}`,
        fix: 'give each its own name: it is the folder in dist/',
      };
    }
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) {
      const message = `${JSON.stringify(name)} is no good name for a cluster`;
      yield { message, fix: 'write lower case letters, digits, hyphens and dots: it is the folder in dist/' };
    }
  },
};
