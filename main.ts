import { FluxApp } from 'fluxwright';
import { KindCluster } from './charts/clusters/kind';

const app = new FluxApp();
new KindCluster(app);
app.synth();
