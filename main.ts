import { FluxApp } from 'fluxwright';
import { KindCluster } from './charts/clusters/kind';
import { LabCluster } from './charts/clusters/lab';

const app = new FluxApp();
new KindCluster(app);
new LabCluster(app);
app.synth();
