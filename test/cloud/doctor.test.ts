/** The doctor asks the built app itself, behind the local front that plays App Service authentication. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../cli/doctor/ask.ts';
import { examine, type Patient } from '../../cli/doctor/doctor.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { API_CLIENT_ID } from '../../local/graph/api-tokens.ts';
import { TENANT_ID } from '../../local/graph/tenant.ts';
import { CLOUDS } from '../../shared/clouds.ts';
import { connectTables, TABLE_NAMES } from '../../shared/adapters/tables/client.ts';
import { tablesConnection } from '../parts/service-fixture.ts';
import { startCloud, type TestCloud } from './cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  // Of what the platform itself answers the document says nothing.
  cloud = await startCloud({ guests: 20, auth: true, judged: false });
});
afterAll(async () => {
  await cloud?.stop();
});

const PATIENT: Patient = { names: {}, cloud: CLOUDS.Global, tenantId: TENANT_ID, apiClientId: API_CLIENT_ID };

/** @param roles of whoever has signed in; undefined where nobody has */
async function look(url: string, roles?: readonly string[], patient: Partial<Patient> = {}): Promise<Finding[]> {
  const scopes: string[] = [];
  const findings = await examine(
    { ...PATIENT, ...patient, url },
    {
      ask,
      tokenFor: async (scope) => {
        scopes.push(scope);
        if (roles === undefined) return { reason: 'nobody is signed in' };
        const wanted = { oid: '10000000-0000-4000-8000-00000000000a', name: 'Ada', roles };
        const answer = await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body: JSON.stringify(wanted) });
        return { token: ((await answer.json()) as { access_token: string }).access_token };
      },
      arm: async () => ({ reason: 'it is not here' }),
      checkEntra: async () => [],
    },
  );
  expect(scopes).toEqual([`api://${API_CLIENT_ID}/.default`]);
  return findings.filter(({ layer }) => layer !== 'azure');
}
const codes = (findings: readonly Finding[], state: Finding['state']): string[] =>
  findings.filter((finding) => finding.state === state).map(({ code }) => code);

describe('behind App Service authentication', () => {
  test('all is right for somebody who may submit: each check, and a dry run of nobody', async () => {
    const findings = await look(cloud.api, ['Submit']);
    expect(findings.filter(({ state }) => state === 'wrong' || state === 'unchecked')).toEqual([]);
    expect(findings.filter(({ about }) => about.startsWith('check ')).map(({ about }) => about)).toEqual(
      ['configuration', 'tables', 'serviceBus', 'graph', 'roles', 'gate', 'deadLetters'].map((name) => `check ${name}`),
    );
    expect(codes(findings, 'right')).toEqual(
      expect.arrayContaining(['health', 'described', 'closed', 'forgeryRefused', 'headerIgnored', 'rehearsed']),
    );
  });

  test('and nothing is left of it, in any table but the one row of the tenant', async () => {
    await look(cloud.api, ['Submit', 'Read', 'Manage']);
    const port = Number(new URL(cloud.state().tables.url).port);
    const tables = connectTables({ connectionString: tablesConnection(port) }, () => false);
    const rows = TABLE_NAMES.filter((name) => name !== 'control').map(async (name) => [
      name,
      (await Array.fromAsync(tables[name].listEntities())).length,
    ]);
    expect(await Promise.all(rows)).toEqual(TABLE_NAMES.filter((name) => name !== 'control').map((name) => [name, 0]));
  });

  test('somebody who may only read is told that a submission was not tried', async () => {
    const findings = await look(cloud.api, ['Read']);
    expect(codes(findings, 'wrong')).toEqual([]);
    expect(codes(findings, 'unchecked')).toEqual(['noRole']);
  });

  test('nobody who has not signed in is in the way of the rest', async () => {
    const findings = await look(cloud.api);
    expect(codes(findings, 'wrong')).toEqual([]);
    expect(codes(findings, 'unchecked')).toEqual(['noToken']);
  });

  test('another tenant is told', async () => {
    const findings = await look(cloud.api, ['Submit'], { tenantId: '99999999-9999-4999-8999-999999999999' });
    expect(codes(findings, 'wrong')).toEqual(['otherTenant']);
  });
});

test('without App Service authentication every open door is named', { timeout: 60_000 }, async () => {
  await using open = await startCloud({ guests: 20, judged: false });
  const findings = await look(open.api, ['Submit']);
  expect(codes(findings, 'wrong')).toEqual(
    expect.arrayContaining(['openToEverybody', 'openToEverybody', 'forgeryBelieved', 'forgeryBelieved']),
  );
});
