import { Cluster, FluxApp, FluxChart, Program, type Profile } from 'fluxwright';

/** What differs between one cluster and another. */
interface Size {
  readonly profile: Profile;
  readonly replicas: number;
}

/** The platform: the same everywhere. */
function platform(cluster: Cluster, { replicas }: Size): void {
  const shop = new FluxChart(cluster, 'shop', { namespace: 'shop', podSecurity: 'restricted' });
  new Program(shop, 'site', { image: 'ghcr.io/example/site:2.0.0', port: 3000, replicas });
}

const sizes: { readonly [cluster: string]: Size } = {
  staging: { profile: 'lean', replicas: 1 },
  production: { profile: 'ha', replicas: 3 },
};

const app = new FluxApp();
for (const [name, size] of Object.entries(sizes))
  platform(new Cluster(app, name, { profile: size.profile }), size);
app.synth();
