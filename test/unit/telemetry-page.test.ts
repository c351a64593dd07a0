/** What docs/telemetry.md says of metrics and log levels, and what host.json and the code have. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { METRICS } from '../../shared/domain/metrics.ts';

const page = readFileSync('docs/telemetry.md', 'utf8');
const { telemetryMode, logging } = JSON.parse(readFileSync('host.json', 'utf8')) as {
  telemetryMode: string;
  logging: { logLevel: Record<string, string> };
};

test('the table of metrics is the code’s', () => {
  const rows = Object.values(METRICS).map(({ name, unit, kind, attributes, description }) => {
    const names = attributes.length === 0 ? '' : ` ${attributes.map((each) => `\`${each}\``).join(', ')}`;
    return `| \`${name}\` | \`${unit}\` | ${kind} |${names} | ${description} |`;
  });
  expect(page.split('\n').filter((line) => /^\| `(guest_reset|http)\.[\w.]+` \| `/.test(line))).toEqual(rows);
});

/** The host takes the rule with the longest prefix of the category. */
const levelOf = (category: string): string | undefined =>
  Object.entries(logging.logLevel)
    .filter(([prefix]) => category.startsWith(prefix))
    .sort(([one], [other]) => other.length - one.length)[0]?.[1] ?? logging.logLevel['default'];

test('the host lets the lines of every function through, and of everything else what is wrong', () => {
  expect(telemetryMode).toBe('OpenTelemetry');
  const functions = readdirSync('functions').filter((name) => name !== 'index.ts');
  expect(functions.map((file) => levelOf(`Function.${file.replace('.ts', '')}.User`))).toEqual(
    functions.map(() => 'Information'),
  );
  expect([levelOf('Host.Startup'), levelOf('Microsoft.AspNetCore.Hosting')]).toEqual(['Warning', 'Warning']);
  expect(page).toContain('`logging.logLevel` is `Information` for `Function` and `Warning` for everything else');
});
