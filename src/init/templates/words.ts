/** What CI does with a pull request. */
export const workflow = `name: CI
on:
  pull_request:
  push:
    branches: [main]
jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v4
        with:
          # Moves, removals and immutable fields are judged against the branch that the pull request aims at.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 20
          cache: npm
      - run: npm ci
      - run: npm run types
      - run: npm test
      - name: Findings beside their lines
        if: github.event_name == 'pull_request'
        run: npx fluxwright check --format github --base origin/\${{ github.base_ref }}
      - name: What is committed is what the code says
        run: npm run synth && git diff --exit-code dist ops
      - name: What would change in the clusters
        if: github.event_name == 'pull_request'
        run: npx fluxwright diff --base origin/\${{ github.base_ref }} >> "$GITHUB_STEP_SUMMARY"
`;

/** Where a newcomer begins. */
export function readme(name: string): string {
  return `# ${name}

A Kubernetes estate, written in TypeScript with [Fluxwright](https://www.npmjs.com/package/fluxwright) and reconciled by Flux.

\`\`\`sh
npm install
npm run synth   # checks everything, then writes dist/: commit it
npm test
\`\`\`

| | |
| --- | --- |
| \`main.ts\` | which clusters there are |
| \`charts/\` | one system a file |
| \`test/\` | what has to stay true of them |
| \`dist/\` | generated and committed: what Flux reads |
| \`ops/\` | what a person runs once; \`npm run synth\` writes what the bootstrap of Flux needs |

## Every day

\`\`\`sh
npm run watch                       # synthesize at every save
npx fluxwright diff                 # what would change in the clusters
npx fluxwright why deploy/hello-server   # which line makes it, what it needs, who needs it
npx fluxwright graph --format html > graph.html
npx fluxwright explain missing-namespace
\`\`\`

Typed constructs for more kinds, and typed values for charts: \`npx fluxwright import <CRDs or chart>\`.

## A cluster

With a cluster, the [Flux CLI](https://fluxcd.io/flux/installation/) and this repository pushed to a Git server:

\`\`\`sh
mkdir -p ops/production/flux-system
touch ops/production/flux-system/gotk-components.yaml ops/production/flux-system/gotk-sync.yaml
git add ops && git commit -m "Bootstrap" && git push
flux bootstrap git --url=<this repository> --branch=main --path=./ops/production
\`\`\`

Flux keeps the settings that Fluxwright wrote to \`ops/production/flux-system/kustomization.yaml\`, and follows \`dist/production\` from
then on. Leaving Fluxwright is deleting the TypeScript: \`dist/\` is plain YAML.
`;
}
