/** `GET /users/{id}`, `GET /users`, with `$filter` or without, and `PATCH /users/{id}`. */
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';
import { isDirectoryAddress } from './mail-address.ts';
import type { SimulatorState } from './state.ts';
import { readUserFilter } from './user-filter.ts';
import { readSelect, viewUser, type Property } from './user-view.ts';

/** Source: Graph documentation of the resource `user`. */
const OTHER_MAILS_MAX = 250;

/** Source: Graph documentation, "List users". */
const DEFAULT_PAGE = 100;
const MAX_PAGE = 999;

const CONTEXT = 'https://graph.example/v1.0/$metadata#users';

/** @param key object id or user principal name, decoded */
export function getUser(state: SimulatorState, key: string, query: URLSearchParams): Answer {
  const selection = readSelect(query);
  if ('refused' in selection) return selection.refused;
  const user = state.directory.get(key);
  if (user === undefined) return errors.userNotFound(key);
  return {
    status: 200,
    body: { '@odata.context': `${CONTEXT}/$entity`, ...viewUser(state.replication.seen(user), selection.properties) },
  };
}

export function listUsers(state: SimulatorState, query: URLSearchParams): Answer {
  const filter = query.get('$filter');
  const selection = readSelect(query);
  if ('refused' in selection) return selection.refused;
  if (filter === null) return firstUsers(state, query, selection.properties);
  const reading = readUserFilter(filter);
  if ('refused' in reading) return reading.refused;
  const users = state.replication.find(reading.terms);
  return {
    status: 200,
    body: { '@odata.context': CONTEXT, value: users.map((user) => viewUser(user, selection.properties)) },
  };
}

/** Only the first page: nobody needs the others. */
function firstUsers(
  { directory, replication }: SimulatorState,
  query: URLSearchParams,
  shown: readonly Property[],
): Answer {
  const top = Number(query.get('$top') ?? DEFAULT_PAGE);
  if (!Number.isInteger(top) || top < 1 || top > MAX_PAGE) return errors.pageSize(MAX_PAGE);
  const users = [...directory.all()].slice(0, top).map((user) => viewUser(replication.seen(user), shown));
  return { status: 200, body: { '@odata.context': CONTEXT, value: users } };
}

const changesSchema = z.strictObject({
  mail: z.string().nullable().optional(),
  otherMails: z.array(z.string()).optional(),
});

/** Replaces `mail`, or the whole collection `otherMails`, or both. */
export function patchUser(state: SimulatorState, key: string, body: unknown): Answer {
  const user = state.directory.get(key);
  if (user === undefined) return errors.userNotFound(key);
  if (user.restricted === true) return errors.restrictedUnit;
  const parsed = changesSchema.safeParse(body);
  if (!parsed.success) return patchError(parsed.error);
  const { mail, otherMails } = parsed.data;
  if ((otherMails?.length ?? 0) > OTHER_MAILS_MAX) return errors.invalidValue('otherMails', 'User');
  if (typeof mail === 'string' && !isDirectoryAddress(mail)) return errors.invalidValue('mail', 'User');
  if (otherMails?.every(isDirectoryAddress) === false) return errors.invalidValue('otherMails', 'User');
  if (typeof mail === 'string' && state.directory.isProxyAddressOfAnother(mail, user.id))
    return errors.proxyAddressConflict;
  state.replication.replaced(user);
  state.directory.update(user.id, {
    ...(mail === undefined ? {} : { mail }),
    ...(otherMails === undefined ? {} : { otherMails }),
  });
  state.statistics.written('patchUser');
  return { status: 204 };
}

function patchError(error: z.ZodError): Answer {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys')
    return errors.notSimulated(`PATCH /users/{id} with ${issue.keys.join(', ')}`);
  const [property] = issue?.path ?? [];
  return property === undefined
    ? errors.invalidBody('a JSON object is expected.')
    : errors.invalidValue(String(property), 'User');
}
