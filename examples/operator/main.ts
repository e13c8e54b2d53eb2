import { Cluster, FluxApp, FluxChart, HelmRelease } from 'fluxwright';
import { Certificate, ClusterIssuer } from '../../imports/cert-manager.io';
import { certManager } from '../../imports/charts/cert-manager';

const app = new FluxApp();
const cluster = new Cluster(app, 'example');

const certificates = new FluxChart(cluster, 'certificates', { namespace: 'cert-manager' });
// The values are typed by the chart: a name that it does not know is an error here.
new HelmRelease(certificates, 'cert-manager', { chart: certManager, values: { crds: { enabled: true } } });
// Its CRD comes with the chart, so it goes into the unit `certificates-custom`, which waits for the release.
const issuer = new ClusterIssuer(certificates, 'own', {
  metadata: { name: 'own' },
  spec: { selfSigned: {} },
});

const shop = new FluxChart(cluster, 'shop', { namespace: 'shop' });
new Certificate(shop, 'site', {
  metadata: { name: 'site' },
  spec: {
    secretName: 'site-tls',
    dnsNames: ['shop.example.com'],
    issuerRef: { kind: 'ClusterIssuer', name: issuer.name },
  },
});

app.synth();
