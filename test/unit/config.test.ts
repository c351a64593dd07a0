import { describe, expect, test } from 'vitest';
import { identify } from '../../shared/adapters/http/caller.ts';
import { authenticationOf, ConfigError, readConfig } from '../../shared/config.ts';

const GOOD = {
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  TableStorage__tableServiceUri: 'https://a.table.core.windows.net',
  ServiceBusConnection__fullyQualifiedNamespace: 'a.servicebus.windows.net',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  test('needs three settings, and names all that are missing at once', () => {
    expect(problemsOf(GOOD)).toEqual([]);
    expect(problemsOf({})).toHaveLength(3);
    expect(
      problemsOf({
        AZURE_TENANT_ID: 'contoso',
        GRAPH_ENDPOINT: 'http://graph.example',
        GRAPH_VERSION: 'v2',
        MAX_RESETS_PER_JOB: 'many',
        DEFAULT_SEND_INVITATION_MESSAGE: 'perhaps',
        ATTEMPT_QUIET_SECONDS: '20',
      }),
    ).toHaveLength(8);
  });
  test("takes Graph, sign-in and the default redirect from the tenant's cloud", () => {
    expect(readConfig(GOOD)).toMatchObject({
      graph: { endpoint: 'https://graph.microsoft.com' },
      loginUrl: 'https://login.microsoftonline.com',
      defaultRedirectUrl: `https://myapps.microsoft.com?tenantId=${GOOD.AZURE_TENANT_ID}`,
    });
    expect(readConfig({ ...GOOD, GRAPH_CLOUD: 'usgovdod', GRAPH_VERSION: 'beta' })).toMatchObject({
      graph: { endpoint: 'https://dod-graph.microsoft.us', version: 'beta' },
      loginUrl: 'https://login.microsoftonline.us',
    });
    expect(problemsOf({ ...GOOD, GRAPH_CLOUD: 'China' })).toEqual([expect.stringContaining('DEFAULT_REDIRECT_URL')]);
    expect(
      readConfig({ ...GOOD, GRAPH_CLOUD: 'China', DEFAULT_REDIRECT_URL: 'https://intranet.example' }),
    ).toMatchObject({
      graph: { endpoint: 'https://microsoftgraph.chinacloudapi.cn' },
      loginUrl: 'https://login.chinacloudapi.cn',
      defaultRedirectUrl: 'https://intranet.example',
    });
    expect(problemsOf({ ...GOOD, GRAPH_CLOUD: 'Germany' })).toEqual([expect.stringContaining('USGovDoD')]);
  });
  test('reads the domains that may be invited, and refuses what is none', () => {
    expect(readConfig(GOOD).allowedEmailDomains).toBeUndefined();
    expect(
      readConfig({ ...GOOD, ALLOWED_EMAIL_DOMAINS: 'fabrikam.example, *.adatum.example' }).allowedEmailDomains,
    ).toEqual(['fabrikam.example', '*.adatum.example']);
    expect(problemsOf({ ...GOOD, ALLOWED_EMAIL_DOMAINS: 'fabrikam.example,user@adatum.example' })).toEqual([
      expect.stringContaining('user@adatum.example'),
    ]);
  });
  test('sends mail by default only when told to', () => {
    expect(readConfig(GOOD).defaultSendInvitationMessage).toBeUndefined();
    expect(readConfig({ ...GOOD, DEFAULT_SEND_INVITATION_MESSAGE: 'False' }).defaultSendInvitationMessage).toBe(false);
  });
});

describe('authentication', () => {
  const principal = (claims: object[]): Headers =>
    new Headers({
      'x-ms-client-principal': Buffer.from(JSON.stringify({ auth_typ: 'aad', claims })).toString('base64'),
    });
  const me = [{ typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: 'me' }];

  test("is the platform's where it is switched on, the developer's on no site of Azure, else none", () => {
    expect(authenticationOf({ WEBSITE_AUTH_ENABLED: 'True', AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toBe(
      'platform',
    );
    expect(authenticationOf({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toBe('development');
    expect(authenticationOf({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', WEBSITE_SITE_NAME: 'a' })).toBe('none');
    expect(authenticationOf({})).toBe('none');
  });
  test('believes the principal header only from the platform', () => {
    const forged = principal([...me, { typ: 'roles', val: 'Manage' }]);
    expect(identify(forged, 'none')).toMatchObject({ status: 503 });
    expect(identify(forged, 'platform')).toMatchObject({ id: 'me' });
  });
  test('reads known roles only, and takes nobody without an object id', () => {
    const caller = identify(
      principal([...me, { typ: 'roles', val: 'Submit' }, { typ: 'roles', val: 'Root' }]),
      'platform',
    );
    expect('roles' in caller && [...caller.roles]).toEqual(['Submit']);
    for (const headers of [
      new Headers(),
      new Headers({ 'x-ms-client-principal': 'rubbish' }),
      principal([]),
      principal([{ typ: 'roles', val: 'Manage' }]),
    ]) {
      expect(identify(headers, 'platform')).toMatchObject({ status: 401 });
    }
  });
});
