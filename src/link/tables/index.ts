import { apicurioReferences } from './apicurio';
import { backupReferences } from './backup';
import { certManagerReferences } from './cert-manager';
import { cloudnativePgReferences } from './cloudnative-pg';
import { coreReferences } from './core';
import { deliveryReferences } from './delivery';
import { eckReferences } from './eck';
import { envoyGatewayReferences } from './envoy-gateway';
import { externalSecretsReferences } from './external-secrets';
import { flinkReferences } from './flink';
import { fluxReferences } from './flux';
import { gatewayApiReferences } from './gateway-api';
import { grafanaOperatorReferences } from './grafana-operator';
import { istioReferences } from './istio';
import { kafkaBackupReferences } from './kafka-backup';
import { kedaReferences } from './keda';
import { nackReferences } from './nack';
import { observabilityReferences } from './observability';
import { otherReferences } from './others';
import { prometheusOperatorReferences } from './prometheus-operator';
import type { ReferenceTable } from './row';
import { strimziReferences } from './strimzi';

/** Every field that is known to name another object. */
export const referenceTables: readonly ReferenceTable[] = [
  coreReferences,
  fluxReferences,
  apicurioReferences,
  backupReferences,
  certManagerReferences,
  cloudnativePgReferences,
  deliveryReferences,
  eckReferences,
  envoyGatewayReferences,
  externalSecretsReferences,
  flinkReferences,
  gatewayApiReferences,
  grafanaOperatorReferences,
  istioReferences,
  kafkaBackupReferences,
  kedaReferences,
  nackReferences,
  observabilityReferences,
  otherReferences,
  prometheusOperatorReferences,
  strimziReferences,
];
