import type { Rule } from '../rule';
import { autoscaled } from './autoscaled';
import { budgetBlocksDrain } from './budget-blocks-drain';
import { cel } from './cel';
import { chartNotPinned } from './chart-not-pinned';
import { clusterName } from './cluster-name';
import { coreValidation } from './core-validation';
import { crdsNotUpgraded } from './crds-not-upgraded';
import { cycle } from './cycle';
import { danglingReference } from './dangling-reference';
import { evenQuorum } from './even-quorum';
import { headlessService } from './headless-service';
import { imageNotPinned } from './image-not-pinned';
import { livenessTestsQuorum } from './liveness-tests-quorum';
import { longName } from './long-name';
import { metadata } from './metadata';
import { missingCrd } from './missing-crd';
import { missingDependsOn } from './missing-depends-on';
import { missingKey } from './missing-key';
import { missingNamespace } from './missing-namespace';
import { missingPort } from './missing-port';
import { movingReference } from './moving-reference';
import { mutableJob } from './mutable-job';
import { objectScope } from './object-scope';
import { oneOwner } from './one-owner';
import { openNamespace } from './open-namespace';
import { overlappingPaths } from './overlapping-paths';
import { plainCredential } from './plain-credential';
import { plainSecret } from './plain-secret';
import { podSecurity } from './pod-security';
import { objectMoved, unitRenamed } from './previous-moved';
import { operatorRemoved, removesData } from './previous-removed';
import { immutableField, transition } from './previous-transition';
import { probeMissing } from './probe-missing';
import { quorumBudget } from './quorum-budget';
import { quorumStart } from './quorum-start';
import { referenceGrant } from './reference-grant';
import { releaseName } from './release-name';
import { removedVersion } from './removed-version';
import { reservedName } from './reserved-name';
import { resourcesMissing } from './resources-missing';
import { rollingClaim } from './rolling-claim';
import { schema } from './schema';
import { securityContextMissing } from './security-context-missing';
import { selectsNothing } from './selects-nothing';
import { serverSetting } from './server-setting';
import { serviceLinks } from './service-links';
import { sharedPods } from './shared-pods';
import { substitution } from './substitution';
import { tooLarge } from './too-large';
import { unknownField } from './unknown-field';
import { unknownKind } from './unknown-kind';
import { unknownReference } from './unknown-reference';
import { refusedValue } from './refused-value';
import { unknownValue } from './unknown-value';
import { unservedVersion } from './unserved-version';
import { unusedSource } from './unused-source';
import { wrongKind } from './wrong-kind';

/** Rules that are about the same thing: a chapter of `docs/rules.md`. */
export interface RuleGroup {
  readonly title: string;
  readonly about: string;
  readonly rules: readonly Rule[];
}

/** The table of rules. A new one is added here, and nowhere else. */
export const ruleGroups: readonly RuleGroup[] = [
  {
    title: 'What the API server says',
    about: 'What a server would answer to a dry run of every object, and of every unit.',
    rules: [
      schema,
      unknownField,
      metadata,
      cel,
      coreValidation,
      serverSetting,
      tooLarge,
      unknownKind,
      unservedVersion,
      removedVersion,
      objectScope,
    ],
  },
  {
    title: 'What objects need of each other',
    about: 'Names in one object that stand for another one.',
    rules: [
      danglingReference,
      wrongKind,
      missingKey,
      missingPort,
      missingNamespace,
      missingCrd,
      selectsNothing,
      headlessService,
      referenceGrant,
      missingDependsOn,
      cycle,
      unknownReference,
    ],
  },
  {
    title: 'Who owns what',
    about: 'One writer for every object, one name for every thing.',
    rules: [
      oneOwner,
      clusterName,
      reservedName,
      releaseName,
      longName,
      overlappingPaths,
      sharedPods,
      unusedSource,
    ],
  },
  {
    title: 'What must not move by itself',
    about: 'What is committed is what runs.',
    rules: [imageNotPinned, chartNotPinned, movingReference, mutableJob],
  },
  {
    title: 'Helm',
    about: 'What Helm does without saying so.',
    rules: [unknownValue, refusedValue, crdsNotUpgraded],
  },
  {
    title: 'Secrets and text',
    about: 'What is written into Git and into manifests.',
    rules: [plainSecret, plainCredential, substitution],
  },
  {
    title: 'Pods that run well',
    about: 'Safety, health and size of what runs.',
    rules: [
      podSecurity,
      openNamespace,
      securityContextMissing,
      probeMissing,
      resourcesMissing,
      autoscaled,
      rollingClaim,
      serviceLinks,
    ],
  },
  {
    title: 'Quorums and drains',
    about: 'What keeps an answer when nodes go.',
    rules: [budgetBlocksDrain, quorumBudget, evenQuorum, quorumStart, livenessTestsQuorum],
  },
  {
    title: 'What changes',
    about: 'What a commit does to what already runs: compared with the committed tree.',
    rules: [objectMoved, unitRenamed, immutableField, transition, operatorRemoved, removesData],
  },
];

/** Every rule, in the order of `docs/rules.md`. */
export const rules: readonly Rule[] = ruleGroups.flatMap((group) => group.rules);
