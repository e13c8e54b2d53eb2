import type { ChartKnowledge } from '../schema/types';
import { header } from './constructs';
import { camel, literal, pascal, TypeWriter } from './typescript';

/** A file with the type of a chart's values, and a constant that names the chart. */
export function chartTypesFile(
  knowledge: ChartKnowledge,
  module: string,
  repository: string | undefined,
): string {
  const { name, version, values, defs } = knowledge;
  const writer = new TypeWriter({ helmValues: true });
  const type = writer.claim(`${pascal(module)}Values`);
  writer.write(type, writer.members(values, defs, pascal(module)));
  const fields = Object.entries({ name, version, repository }).filter(([, value]) => value !== undefined);
  const constant = `export const ${camel(module)}: Chart<${type}> = {
${fields.map(([field, value]) => `  ${field}: ${literal(value!)},`).join('\n')}
};`;
  const head = `${header(`version ${version} of the chart ${name}`)}\nimport type { Chart } from 'fluxwright';`;
  return `${[head, constant, ...writer.interfaces()].join('\n\n')}\n`;
}
