/** Answers below `/api/console`: the files of the page, the page itself for each of its addresses, and its settings. */
import type { HttpResponseInit } from '@azure/functions';
import { ConfigError } from '../../../config.ts';
import { problem } from '../../../domain/api/problem.ts';
import { SUBMISSION_MAX_BYTES } from '../../../domain/policy.ts';
import { readConfigNow } from '../../../runtime.ts';
import { jsonResponse } from '../answers/respond.ts';
import { Refusal } from '../refusal.ts';
import type { FileRequest } from '../requests/arrived-request.ts';
import { NOT_CONFIGURED } from '../requests/caller.ts';
import { readQuery } from '../requests/read-query.ts';
import { CONSOLE_CONFIG_ROUTE } from '../routes.ts';
import type { ConsoleFile, FileNamed } from './files.ts';
import { policyOf } from './policy.ts';
import { signInOf } from './sign-in.ts';

const PREFIX = /^\/api\/console(?:\/|$)/i;
/**
 * What only a file could be: all below the assets, and whatever ends in a name with a dot; below a folder that is no
 * mail address, and nothing encoded. Whatever else is asked for is an address within the page, which says itself where
 * it has none such; nothing of it is decoded, or opened. The first dot is looked for, not any: many of them would take
 * time by the square of their number.
 */
const FILE = /^(?:assets\/.*|[^/.]*\.[^/]*|.*\/[^/@%.]*\.[^/@%]*)$/s;
const METHODS = ['GET', 'HEAD'];

/** The name changes with the content: a year, which is the longest that is meant. Source: RFC 9111, 5.2.2. */
const FOR_GOOD = 'public, max-age=31536000, immutable';
const HASHED = /^assets\//;

/** @param folder where the console was built to */
export function consoleFrom(folder: string): (request: FileRequest) => Promise<HttpResponseInit> {
  let fileNamed: FileNamed | undefined;
  return async (request) => {
    const { method, url, query, accepts } = request;
    if (!METHODS.includes(method))
      throw new Refusal({
        ...problem('methodNotAllowed', `This path takes GET and HEAD, not ${method}. Nothing was done.`),
        allow: METHODS,
      });
    const name = url.pathname.replace(PREFIX, '');
    if (name === 'config.json') return configResponse(query);
    // Most callers never open the console, and whoever does waits for its files anyway.
    fileNamed ??= (await import('./files.ts')).filesOf(folder);
    const file = fileNamed(FILE.test(name) ? name : 'index.html', accepts.encoding);
    if (file === undefined)
      throw new Refusal(
        problem(
          'pathNotFound',
          'The console has no such file: after an update the files of the one before are gone. Load /api/console ' +
            'again.',
        ),
      );
    return fileResponse(file, HASHED.test(name), request);
  };
}

function configResponse(query: URLSearchParams): HttpResponseInit {
  const read = readQuery(CONSOLE_CONFIG_ROUTE, query);
  if (!read.ok) throw new Refusal(read.problem);
  const config = readConfigNow();
  const signIn = signInOf(config);
  if (signIn === undefined) throw new Refusal(NOT_CONFIGURED);
  const { defaultSendInvitationMessage, maxResetsPerJob, policy } = config;
  const { holdJobsAbove } = policy;
  return jsonResponse({
    ...signIn,
    maxResetsPerJob,
    maxBodyBytes: SUBMISSION_MAX_BYTES,
    ...(defaultSendInvitationMessage !== undefined && { defaultSendInvitationMessage }),
    ...(holdJobsAbove !== undefined && { holdJobsAbove }),
  });
}

function fileResponse(file: ConsoleFile, isHashed: boolean, { method, accepts }: FileRequest): HttpResponseInit {
  const { bytes, type, encoding, etag } = file;
  const headers = {
    'Cache-Control': isHashed ? FOR_GOOD : 'no-cache',
    ETag: etag,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(type.startsWith('text/html') && { 'Content-Security-Policy': policyOf(loginOrigin()) }),
  };
  if (isKnown(accepts.known, etag)) return { status: 304, headers };
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Type': type,
      'Content-Length': String(bytes.length),
      ...(encoding !== undefined && { 'Content-Encoding': encoding }),
    },
    ...(method === 'GET' && { body: bytes }),
  };
}

/** Source: RFC 9110, 13.1.2. */
const isKnown = (header: string | null, etag: string): boolean =>
  (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*');

/** Where settings are wrong the page is shown all the same: it says so. */
function loginOrigin(): string | undefined {
  try {
    const config = readConfigNow();
    return signInOf(config)?.signIn === 'entra' ? new URL(config.loginUrl).origin : undefined;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
