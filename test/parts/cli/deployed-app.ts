/**
 * What a deployment answers to strangers and to callers with a token, as far as the doctor asks. A test may change it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { listen, stop } from '../../../local/graph/http.ts';

export interface Said {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** That of the Graph simulator. */
export const TENANT_ID = '11111111-1111-4111-8111-111111111111';
export const CLIENT_ID = '33333333-3333-4333-8333-333333333333';
export const TOKEN = 'a-good-token';

const TOKEN_URL = `https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0/token`;
export const DESCRIPTION = {
  openapi: '3.1.0',
  components: {
    securitySchemes: {
      entra: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: TOKEN_URL, scopes: { [`api://${CLIENT_ID}/.default`]: 'Roles.' } } },
      },
    },
  },
};

export interface DeployedApp {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** From now on these requests are answered so: `GET /api/health`, or with ` forged` or ` signed` behind it. */
  readonly says: (request: string, said: Said) => void;
  /** Method, path and query of what was asked. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
}

const PAGE: Said = {
  status: 200,
  body: '<!doctype html>',
  headers: { 'content-security-policy': "default-src 'none'; script-src 'self'" },
};
const OPEN: Readonly<Record<string, Said>> = {
  '/api/health': { status: 200, body: { status: 'healthy' } },
  '/api/health/details': { status: 308, headers: { location: '/api/diagnostics' } },
  '/api/health/x': { status: 404, body: { status: 404, code: 'notFound' } },
  '/api/openapi.json': { status: 200, body: DESCRIPTION },
  '/api/console': PAGE,
  '/api/console/jobs': PAGE,
  '/api/console/config.json': { status: 200, body: { signIn: 'entra', clientId: CLIENT_ID } },
};
const CHECKS = ['configuration', 'tables', 'serviceBus'].map((name) => ({ name, ok: true }));
const SIGNED: Readonly<Record<string, Said>> = {
  'GET /api/diagnostics': { status: 200, body: { status: 'healthy', checks: CHECKS } },
  'POST /api/jobs': { status: 400, body: { code: 'invalidRows', errors: [{ code: 'noResets' }] } },
};

export async function startDeployedApp(): Promise<DeployedApp> {
  const told = new Map<string, Said>();
  const asked: string[] = [];
  const answer = (request: IncomingMessage): Said => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://app.example');
    const name = `${request.method} ${pathname}`;
    const isSigned = request.headers.authorization === `Bearer ${TOKEN}`;
    const isForged = request.headers['x-ms-client-principal'] !== undefined;
    asked.push(`${name}${search}`);
    const [exact, plain] = [told.get(`${name}${isSigned ? ' signed' : isForged ? ' forged' : ''}`), told.get(name)];
    const usual = (isSigned ? SIGNED[name] : undefined) ?? OPEN[pathname];
    return exact ?? plain ?? usual ?? { status: 401 };
  };
  const server = createServer((request, response) => {
    const { status, body, headers = {} } = answer(request);
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  return { url, asked, says: (request, said) => told.set(request, said), stop: () => stop(server) };
}
