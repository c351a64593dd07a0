import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identify, refusedAccess } from '../../shared/entry/http/requests/caller.ts';
import { foreignCaller } from '../../shared/entry/http/requests/local-callers.ts';
import { apiUrl, refusalApi } from '../../shared/entry/http/urls.ts';
import { authenticationOf } from '../../shared/authentication.ts';
import { ConfigError, linksOf, readConfig } from '../../shared/config.ts';

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
        LOGIN_ENDPOINT: 'http://login.example',
        GRAPH_VERSION: 'v2',
        MAX_RESETS_PER_JOB: 'many',
        DEFAULT_SEND_INVITATION_MESSAGE: 'perhaps',
        ATTEMPT_QUIET_SECONDS: '20',
      }),
    ).toHaveLength(9);
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
  test('sends people elsewhere to sign in where it is told to, and never the app itself', () => {
    expect(readConfig({ ...GOOD, LOGIN_ENDPOINT: 'http://localhost:7072/' })).toMatchObject({
      loginUrl: 'http://localhost:7072',
      authorityHost: 'https://login.microsoftonline.com',
    });
  });
  describe('from how many resets on a job waits for approval', () => {
    const client = '44444444-4444-4444-8444-444444444444';
    const platform = { WEBSITE_AUTH_ENABLED: 'true', WEBSITE_AUTH_CLIENT_ID: client, API_CLIENT_ID: client };
    const development = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
    const held = (value: string, env: object = platform) =>
      readConfig({ ...GOOD, ...env, HOLD_JOBS_ABOVE: value }).policy.holdJobsAbove;
    test.each([
      ['0', 0],
      ['100', 100],
      [' 500000 ', 500_000],
      ['', undefined],
      ['  ', undefined],
    ])('is "%s"', (value, above) => {
      expect([held(value), held(value, development)]).toEqual([above, above]);
      expect(readConfig({ ...GOOD, ...platform }).policy).not.toHaveProperty('holdJobsAbove');
    });
    test.each(['ten', '-1', '1.5', '1e3', '0x10', '+5', '1 000', '1,000', '500001', 'Infinity', 'NaN', 'none', 'true'])(
      'is never "%s"',
      (value) => {
        expect(problemsOf({ ...GOOD, ...platform, HOLD_JOBS_ABOVE: value })).toEqual([
          `HOLD_JOBS_ABOVE is "${value}"; it must be a whole number from 0 to 500000, or absent.`,
        ]);
      },
    );
    test('is refused where nobody can be told apart, and not asked for where it is blank', () => {
      const off = { ...platform, WEBSITE_AUTH_ENABLED: 'false' };
      expect(problemsOf({ ...GOOD, ...off, HOLD_JOBS_ABOVE: '5' })).toEqual([
        expect.stringMatching(/^HOLD_JOBS_ABOVE is set, but App Service authentication .* remove the setting/),
      ]);
      expect(problemsOf({ ...GOOD, HOLD_JOBS_ABOVE: '5', WEBSITE_AUTH_ENABLED: 'true' })).toHaveLength(1);
      expect(problemsOf({ ...GOOD, ...off, HOLD_JOBS_ABOVE: '' })).toEqual([]);
    });
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

describe('links', () => {
  test('lead where PUBLIC_URL says, which is https, or this machine', () => {
    expect(readConfig(GOOD).links).toEqual({ isOnAzure: false });
    expect(readConfig({ ...GOOD, WEBSITE_SITE_NAME: 'a' }).links).toEqual({ isOnAzure: true });
    for (const [given, publicUrl] of [
      ['https://resets.example/', 'https://resets.example'],
      ['https://gateway.example:8443/resets', 'https://gateway.example:8443/resets'],
      ['http://localhost:7071', 'http://localhost:7071'],
    ] as const)
      expect(readConfig({ ...GOOD, PUBLIC_URL: given }).links).toEqual({ isOnAzure: false, publicUrl });
    for (const PUBLIC_URL of ['resets.example', 'http://resets.example', 'https://a@b.example', 'https://a.example?b'])
      expect(problemsOf({ ...GOOD, PUBLIC_URL }), PUBLIC_URL).toEqual([expect.stringContaining('PUBLIC_URL')]);
  });
  test('are those of the host that was asked, and https on Azure', () => {
    const asked = { url: new URL('http://resets.example:8080/api/jobs?a=b') };
    expect(apiUrl(asked, { isOnAzure: false })).toBe('http://resets.example:8080/api');
    expect(apiUrl(asked, { isOnAzure: true })).toBe('https://resets.example:8080/api');
    expect(apiUrl(asked, { isOnAzure: true, publicUrl: 'https://a.example/b' })).toBe('https://a.example/b/api');
  });
  test('of a refusal name the host that was asked only where somebody vouches for it', () => {
    const DEVELOPMENT = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
    const from = (url: string, env: Readonly<Record<string, string>>): string =>
      refusalApi({ url: new URL(url) }, linksOf(env), authenticationOf(env));
    const evil = 'http://evil.example/api/jobs';
    expect(from('http://localhost:7071/api/jobs', DEVELOPMENT)).toBe('http://localhost:7071/api');
    expect(from(evil, { ...DEVELOPMENT, ALLOWED_HOSTS: 'evil.example' })).toBe('http://evil.example/api');
    // The front end of the platform knows the names of its apps.
    expect(from('http://resets.example/api/jobs', { WEBSITE_SITE_NAME: 'a' })).toBe('https://resets.example/api');
    expect(from(evil, { ...DEVELOPMENT, PUBLIC_URL: 'https://resets.example/' })).toBe('https://resets.example/api');
    for (const env of [{}, DEVELOPMENT, { ...DEVELOPMENT, PUBLIC_URL: 'resets.example' }])
      expect(from(evil, env)).toBe('/api');
  });
});

describe('authentication', () => {
  const TENANT = GOOD.AZURE_TENANT_ID;
  const CLIENT = 'AAAAAAAA-1111-4111-8111-111111111111';
  const SIGNED = {
    AZURE_TENANT_ID: TENANT,
    WEBSITE_AUTH_ENABLED: 'True',
    WEBSITE_AUTH_CLIENT_ID: CLIENT,
    API_CLIENT_ID: CLIENT.toLowerCase(),
  };
  const by = (env: Record<string, string | undefined>): string => authenticationOf(env).by;

  test(
    "is the platform's where it is on for our own registration, the " +
      "developer's on no site of Azure, else nobody's",
    () => {
      expect(by(SIGNED)).toBe('platform');
      for (const missing of ['AZURE_TENANT_ID', 'WEBSITE_AUTH_CLIENT_ID', 'API_CLIENT_ID']) {
        expect(by({ ...SIGNED, [missing]: undefined }), missing).toBe('nobody');
        expect(by({ ...SIGNED, [missing]: '', AZURE_FUNCTIONS_ENVIRONMENT: 'Development' }), missing).toBe('nobody');
      }
      // Two signs that are both missing agree, and prove nothing.
      expect(by({ ...SIGNED, WEBSITE_AUTH_CLIENT_ID: undefined, API_CLIENT_ID: undefined })).toBe('nobody');
      expect(by({ ...SIGNED, WEBSITE_AUTH_CLIENT_ID: TENANT })).toBe('nobody');
      expect(by({ ...SIGNED, WEBSITE_AUTH_ENABLED: 'False' })).toBe('nobody');
      expect(by({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toBe('development');
      expect(by({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', WEBSITE_SITE_NAME: 'a' })).toBe('nobody');
      expect(by({})).toBe('nobody');
    },
  );

  const ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier';
  const TID = 'http://schemas.microsoft.com/identity/claims/tenantid';
  const V2 = `https://login.microsoftonline.com/${TENANT}/v2.0`;
  type Claims = readonly (readonly [string, unknown])[];
  const GRANT = 'npm run -s guest-reset -- setup grant';
  const OF_APP = `--client-id ${SIGNED.API_CLIENT_ID}`;
  const ME_ID = '33333333-3333-4333-8333-33333333abcd';
  const ME: Claims = [
    [ID, ME_ID],
    [TID, TENANT],
    ['iss', V2],
    ['roles', 'Submit'],
    ['roles', 'Root'],
  ];
  const without = (name: string): Claims => ME.filter(([typ]) => typ !== name);
  const header = (claims: Claims, auth_typ: unknown = 'aad'): string =>
    Buffer.from(JSON.stringify({ auth_typ, claims: claims.map(([typ, val]) => ({ typ, val })) })).toString('base64');
  const whoIs = (value: string, env: object = {}) =>
    identify(new Headers({ 'x-ms-client-principal': value }), authenticationOf({ ...SIGNED, ...env }));

  test('believes the principal header only from the platform', () => {
    expect(whoIs(header(ME), { API_CLIENT_ID: undefined })).toMatchObject({ code: 'authenticationNotConfigured' });
    const signedInTo = SIGNED.API_CLIENT_ID;
    expect(whoIs(header(ME))).toEqual({ id: ME_ID, kind: 'app', signedInTo, roles: new Set(['Submit']) });
  });
  test.each<readonly [string, string, object]>([
    [
      'short names',
      header([
        ['oid', ME_ID.toUpperCase()],
        ['tid', TENANT.toUpperCase()],
        ['iss', V2.toUpperCase()],
      ]),
      {},
    ],
    ['both names of a claim with one value', header([...ME, ['oid', ME_ID], ['tid', TENANT]]), {}],
    ['a token of version 1', header([...without('iss'), ['iss', `https://sts.windows.net/${TENANT}/`]]), {}],
    [
      'US Government',
      header([...without('iss'), ['iss', `https://login.microsoftonline.us/${TENANT}/v2.0`]]),
      { GRAPH_CLOUD: 'usgov' },
    ],
    [
      'China',
      header([...without('iss'), ['iss', `https://login.partner.microsoftonline.cn/${TENANT}/v2.0`]]),
      { GRAPH_CLOUD: 'China' },
    ],
    [
      'China, version 1',
      header([...without('iss'), ['iss', `https://sts.chinacloudapi.cn/${TENANT}/`]]),
      { GRAPH_CLOUD: 'China' },
    ],
  ])('takes a caller with %s', (_name, value, env) => {
    expect(whoIs(value, env)).toMatchObject({ id: ME_ID });
  });
  const SCP = 'http://schemas.microsoft.com/identity/claims/scope';
  test.each<readonly [string, Claims, string]>([
    ['no scope is of an app', [], 'app'],
    ['a scope is of a user', [['scp', 'access_as_user']], 'user'],
    ['a scope by its long name is of a user', [[SCP, 'access_as_user']], 'user'],
    ['the optional claim says so of an app', [['idtyp', 'app']], 'app'],
    ['the optional claim says so of a user', [['idtyp', 'user']], 'user'],
    [
      "a scope, and that it is of an app, is taken for a user's",
      [
        ['scp', 'access_as_user'],
        ['idtyp', 'app'],
      ],
      'user',
    ],
    [
      'two kinds is taken for that of a user',
      [
        ['idtyp', 'app'],
        ['idtyp', 'user'],
      ],
      'user',
    ],
  ])('a token with %s', (_name, more, kind) => {
    expect(whoIs(header([...ME, ...more]))).toMatchObject({ kind });
  });
  test('a name is shown, and a long one shortened', () => {
    expect(whoIs(header([...ME, ['name', 'Ada'], ['preferred_username', 'ada@contoso.example']]))).toMatchObject({
      name: 'ada@contoso.example',
    });
    expect(whoIs(header([...ME, ['azp', 'x'.repeat(5_000)]]))).toMatchObject({ name: 'x'.repeat(256) });
  });
  test('whatever a principal holds, nobody gets a role that none of its claims of that type names', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('Manage', 'Submit', ME_ID, TENANT, V2), fc.jsonValue());
    const typ = fc.oneof(fc.constantFrom('roles', 'Roles', 'role', 'oid', 'tid', 'iss', '__proto__'), fc.string());
    const claims = fc.array(fc.tuple(typ, value), { maxLength: 20 });
    const isRight = fc.property(claims, (more) => {
      const caller = whoIs(header([...ME, ...more]));
      const named = ['Submit', ...more.filter(([each]) => each === 'roles').map(([, val]) => val)];
      return !('roles' in caller) || [...caller.roles].every((role) => named.includes(role));
    });
    expect(fc.check(isRight, { numRuns: 500 }).counterexample).toBeNull();
  });
  test.each(['app', 'user'] as const)('an %s without a role is told which, and the command that grants it', (kind) => {
    const caller = whoIs(header([...without('roles'), ['idtyp', kind]]));
    if (!('roles' in caller)) throw new Error('The caller is nobody.');
    for (const [access, role] of [
      ['Submit', 'Submit'],
      ['Manage', 'Manage'],
      ['ownerOrManage', 'Manage'],
      ['ownerOrRead', 'Read'],
      ['anyRole', 'Read'],
    ] as const) {
      const { code, detail } = refusedAccess(caller, access) ?? {};
      expect([code, detail]).toEqual([
        'missingRole',
        expect.stringMatching(
          new RegExp(
            `"${role}".*${kind === 'app' ? 'up to a day' : 'sign in again'}.*: ${GRANT} ${ME_ID} ${role} ${OF_APP}$`,
            'i',
          ),
        ),
      ]);
    }
    for (const access of ['everybody', 'identified'] as const) expect(refusedAccess(caller, access)).toBeUndefined();
  });
  test.each<readonly [string, string]>([
    ['no header', ''],
    ['rubbish', 'rubbish'],
    ['two headers', `${header(ME)}, ${header(ME)}`],
    ['characters that are not of base64', `${header(ME)}!`],
    ['a header of more than 8 KB', header([...ME, ['groups', 'x'.repeat(8_000)]])],
    ['JSON that is no principal', Buffer.from('null').toString('base64')],
    ['no claims', header([])],
    [
      'claims of other types',
      header([
        [ID, 1],
        [TID, TENANT],
        ['iss', V2],
      ]),
    ],
    ['another kind of sign-in', header(ME, 'google')],
    ['no kind of sign-in', header(ME, null)],
    ['no object id', header(without(ID))],
    ['an object id that is none', header([...without(ID), [ID, 'me; rm -rf x']])],
    ['an empty object id', header([...without(ID), [ID, '']])],
    ['two object ids', header([...ME, ['oid', 'you']])],
    ['no tenant', header(without(TID))],
    ['another tenant', header([...without(TID), [TID, CLIENT]])],
    ['two tenants', header([...ME, ['tid', CLIENT]])],
    ['no issuer', header(without('iss'))],
    ['two issuers', header([...ME, ['iss', `https://sts.windows.net/${TENANT}/`]])],
    ['the issuer of another tenant', header([...without('iss'), ['iss', `https://sts.windows.net/${CLIENT}/`]])],
    [
      'the issuer of another cloud',
      header([...without('iss'), ['iss', `https://login.microsoftonline.us/${TENANT}/v2.0`]]),
    ],
    ['an issuer that only begins so', header([...without('iss'), ['iss', `${V2}.evil.example`]])],
  ])('takes nobody with %s', (_name, value) => {
    expect(whoIs(value)).toMatchObject({ code: 'notSignedIn' });
  });
});

describe('in local development', () => {
  const code = (url: string, headers: Record<string, string> = {}, env: object = {}) =>
    foreignCaller(
      { url: new URL(url), headers: new Headers(headers) },
      authenticationOf({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development', ...env }),
    )?.code;
  const OWN = 'http://localhost:7071';

  test('the service answers at this machine, at any port, and at the names that are allowed', () => {
    for (const host of ['localhost', 'LOCALHOST:7071', '127.0.0.1:80', '[::1]:9000'])
      expect(code(`http://${host}/api/jobs`), host).toBeUndefined();
    for (const host of ['evil.example', 'localhost.evil.example:7071', '127.0.0.2', '10.0.0.1', '[::2]'])
      expect(code(`http://${host}/api/jobs`), host).toBe('foreignHost');
    const ALLOWED_HOSTS = 'dev.example, Other.example';
    expect(code('http://other.example/api', {}, { ALLOWED_HOSTS })).toBeUndefined();
    expect(code('http://sub.dev.example/api', {}, { ALLOWED_HOSTS })).toBe('foreignHost');
  });
  test('a page is answered only of the same origin, or of PUBLIC_URL', () => {
    expect(code(OWN, { origin: OWN, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
    expect(code(OWN, { 'sec-fetch-site': 'none' })).toBeUndefined();
    for (const origin of ['http://localhost:3000', 'https://localhost:7071', 'http://evil.example', 'null', ''])
      expect(code(OWN, { origin }), origin).toBe('foreignOrigin');
    for (const site of ['cross-site', 'same-site', 'rubbish'])
      expect(code(OWN, { 'sec-fetch-site': site }), site).toBe('foreignOrigin');
    const env = { PUBLIC_URL: 'https://dev.example', ALLOWED_HOSTS: 'dev.example' };
    expect(code('http://dev.example', { origin: 'https://dev.example' }, env)).toBeUndefined();
  });
  test('and nowhere else is that asked', () => {
    expect(
      code('https://resets.example', { origin: 'https://portal.example' }, { WEBSITE_SITE_NAME: 'a' }),
    ).toBeUndefined();
  });
});
