import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { claim, configMapKey, near, podParts, secret, secretKey } from './shapes';

const tls: readonly ShortRow[] = [
  ...['ca', 'cert', 'clientId', 'client_ca'].flatMap((field) => [
    secretKey(`**.${field}.secret`),
    configMapKey(`**.${field}.configMap`),
  ]),
  secretKey('**.keySecret'),
];

/** How anything of Prometheus logs in to anything. */
const http: readonly ShortRow[] = [
  ...tls,
  secretKey('**.basicAuth.username'),
  secretKey('**.basicAuth.password'),
  secretKey('**.authorization.credentials'),
  secretKey('**.oauth2.clientSecret'),
  secretKey('**.bearerTokenSecret'),
  secretKey('**.proxyConnectHeader.*[]'),
  secretKey('**.sigv4.accessKey'),
  secretKey('**.sigv4.secretKey'),
];

/** Without its key a scrape is left out: nothing fails to start. */
const scraped = http.map(([where, kind, , ...more]): ShortRow => [where, kind, 'runtime', ...more]);

const server: readonly ShortRow[] = [
  ...http,
  ...podParts,
  ['serviceName', 'Service', 'runtime'],
  ...below('storage.volumeClaimTemplate.spec', claim),
  ...below('storage.ephemeral.volumeClaimTemplate.spec', claim),
];
const mounted: readonly ShortRow[] = [secret('secrets[]'), ['configMaps[]', 'ConfigMap', 'start']];

const discovered: readonly ShortRow[] = [
  'azureSDConfigs[].clientSecret',
  'consulSDConfigs[].tokenRef',
  'ec2SDConfigs[].accessKey',
  'ec2SDConfigs[].secretKey',
  'lightSailSDConfigs[].accessKey',
  'lightSailSDConfigs[].secretKey',
  'openstackSDConfigs[].applicationCredentialSecret',
  'openstackSDConfigs[].password',
  'ovhcloudSDConfigs[].applicationSecret',
  'ovhcloudSDConfigs[].consumerKey',
  'scalewaySDConfigs[].secretKey',
].map((field) => secretKey(field));

const received: readonly ShortRow[] = [
  'discordConfigs[].apiURL',
  'emailConfigs[].authPassword',
  'emailConfigs[].authSecret',
  'msteamsConfigs[].webhookUrl',
  'msteamsv2Configs[].webhookURL',
  'opsgenieConfigs[].apiKey',
  'pagerdutyConfigs[].routingKey',
  'pagerdutyConfigs[].serviceKey',
  'pushoverConfigs[].token',
  'pushoverConfigs[].userKey',
  'rocketchatConfigs[].token',
  'rocketchatConfigs[].tokenID',
  'slackConfigs[].apiURL',
  'telegramConfigs[].botToken',
  'victoropsConfigs[].apiKey',
  'webhookConfigs[].urlSecret',
  'wechatConfigs[].apiSecret',
].map((field) => secretKey(`receivers[].${field}`));

/** The Prometheus operator. What selectors choose (monitors, rules) is not named, so there is no row for it. */
export const prometheusOperatorReferences: ReferenceTable = {
  'monitoring.coreos.com/Prometheus': rows('spec', [
    ...server,
    ...mounted,
    secretKey('additionalScrapeConfigs'),
    secretKey('additionalAlertManagerConfigs'),
    secretKey('additionalAlertRelabelConfigs'),
    ['alerting.alertmanagers[].name', 'Service', 'runtime', near],
    secretKey('thanos.objectStorageConfig'),
    secretKey('thanos.tracingConfig'),
  ]),
  'monitoring.coreos.com/PrometheusAgent': rows('spec', [
    ...server,
    ...mounted,
    secretKey('additionalScrapeConfigs'),
  ]),
  'monitoring.coreos.com/Alertmanager': rows('spec', [
    ...server,
    ...mounted,
    // The operator writes a configuration without receivers where there is none.
    secret('configSecret', { optional: true }),
    ['alertmanagerConfiguration.name', 'monitoring.coreos.com/AlertmanagerConfig', 'start'],
  ]),
  'monitoring.coreos.com/ThanosRuler': rows('spec', [
    ...server,
    secretKey('alertmanagersConfig'),
    secretKey('alertRelabelConfigs'),
    secretKey('objectStorageConfig'),
    secretKey('queryConfig'),
    secretKey('tracingConfig'),
  ]),
  'monitoring.coreos.com/ServiceMonitor': rows('spec', scraped),
  'monitoring.coreos.com/PodMonitor': rows('spec', scraped),
  'monitoring.coreos.com/Probe': rows('spec', scraped),
  'monitoring.coreos.com/ScrapeConfig': rows('spec', [...scraped, ...discovered]),
  'monitoring.coreos.com/AlertmanagerConfig': rows('spec', [...scraped, ...received]),
};
