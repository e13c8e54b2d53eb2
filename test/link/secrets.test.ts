import { expect, test } from '@jest/globals';
import { found } from './found';

test('a Certificate needs its Issuer, an Issuer its CA, and who mounts the Secret the Certificate', () => {
  const yaml = `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: root }
spec: { selfSigned: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ca, namespace: shop }
spec: { secretName: shop-ca, isCA: true, issuerRef: { name: root, kind: ClusterIssuer } }
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: shop, namespace: shop }
spec: { ca: { secretName: shop-ca } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: shop }
spec: { secretName: web-tls, issuerRef: { name: shopp } }`;
  expect(found(yaml)).toEqual([
    'spec.issuerRef.name -> cert-manager.io/ClusterIssuer root: present by ClusterIssuer root, start',
    'spec.ca.secretName -> Secret shop/shop-ca: present by Certificate ca, start',
    'spec.issuerRef.name -> cert-manager.io/Issuer shop/shopp: absent, start',
  ]);
});

test('an annotated Ingress brings the Secret that it names, another one does not', () => {
  const ingress = (annotations: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { ${annotations} } }
spec: { tls: [{ secretName: web-tls }] }`;
  expect(found(ingress(''))).toEqual(['spec.tls[0].secretName -> Secret shop/web-tls: absent, runtime']);
  expect(found(ingress('cert-manager.io/cluster-issuer: public'))).toEqual([
    'metadata.annotations["cert-manager.io/cluster-issuer"] -> cert-manager.io/ClusterIssuer public: absent, runtime',
    'spec.tls[0].secretName -> Secret shop/web-tls: present by Ingress web, runtime',
  ]);
});

test('an ExternalSecret needs its store and generator, and makes the Secret that it says', () => {
  const yaml = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.example.com
      caProvider: { type: ConfigMap, name: roots, key: ca.crt }
      auth: { appRole: { path: approle, roleId: a, secretRef: { name: role, key: id } } }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: card, namespace: shop }
spec:
  secretStoreRef: { name: vault }
  target: { name: card-gateway }
  dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: any } } }]
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
spec: { containers: [{ name: a, envFrom: [{ secretRef: { name: card-gateway } }, { secretRef: { name: card } }] }] }`;
  expect(found(yaml)).toEqual([
    'spec.provider.vault.caProvider.name -> ConfigMap shop/roots: absent, start',
    'spec.provider.vault.auth.appRole.secretRef.name -> Secret shop/role: absent, start',
    'spec.secretStoreRef.name -> external-secrets.io/SecretStore shop/vault: present by SecretStore vault, start',
    'spec.dataFrom[0].sourceRef.generatorRef.name -> generators.external-secrets.io/Password shop/any: absent, start',
    'spec.containers[0].envFrom[0].secretRef.name -> Secret shop/card-gateway: present by ExternalSecret card, start',
    'spec.containers[0].envFrom[1].secretRef.name -> Secret shop/card: absent, start',
  ]);
});

test('what a store of the whole cluster leaves to each namespace is no reference', () => {
  const store = (secret: string): string => `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: cloud }
spec: { provider: { doppler: { auth: { secretRef: { dopplerToken: ${secret} } } } } }`;
  expect(found(store('{ name: token, key: t }'))).toEqual([]);
  expect(found(store('{ name: token, key: t, namespace: secrets }'))).toEqual([
    'spec.provider.doppler.auth.secretRef.dopplerToken.name -> Secret secrets/token: absent, start',
  ]);
});

test('a ClusterExternalSecret makes its Secret in namespaces that nobody can see', () => {
  const yaml = `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: pull }
spec: { namespaceSelectors: [{ matchLabels: { team: shop } }], externalSecretSpec: { target: { name: pull-secret } } }
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
spec: { containers: [{ name: a, envFrom: [{ secretRef: { name: pull-secret } }] }] }`;
  expect(found(yaml)).toEqual([
    'spec.containers[0].envFrom[0].secretRef.name -> Secret shop/pull-secret: present by ClusterExternalSecret pull, start',
  ]);
});
