/** From a request to the operation it asks for, and from the operation to what becomes of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { succeeded, type Answer, type Outcome } from './answer.ts';
import { errors } from './errors.ts';
import { faultAnswer, leaveOut, type Fault, type Subject } from './faults.ts';
import { invite, pretendToInvite } from './invitations.ts';
import { aboutAnother } from './mix-up.ts';
import type { GraphRequest, OperationKind } from './request.ts';
import type { SimulatorState } from './state.ts';
import { readUserFilter } from './user-filter.ts';
import { listRoleAssignments } from './roles.ts';
import { getUser, listUsers, patchUser } from './users.ts';

export interface Operation {
  readonly kind: OperationKind;
  readonly subject: Subject;
  readonly run: () => Outcome | Promise<Outcome>;
  /** The ordinary answer without the effect, where there is such a thing. */
  readonly pretend?: () => Answer | undefined;
}

/** The operation behind a request, or the refusal of a path or method that is not there. */
export function operationOf(state: SimulatorState, request: GraphRequest): Operation | Answer {
  const { method, path, query, body } = request;
  const [resource = '', key, ...deeper] = path;
  if (resource === 'users' && key === undefined) {
    return (
      only('GET', method) ??
      operation('findUsers', { addresses: filteredAddresses(query), words: query.get('$filter') ?? undefined }, () =>
        listUsers(state, query),
      )
    );
  }
  if (resource === 'users' && key !== undefined && deeper.length === 0) {
    const userId = state.directory.get(key)?.id;
    if (method === 'PATCH')
      return operation('patchUser', { userId, addresses: patchedAddresses(body), words: key }, () =>
        patchUser(state, key, body),
      );
    return (
      only('GET', method) ??
      operation('getUser', { userId, addresses: [], words: key }, () => getUser(state, key, query))
    );
  }
  if (resource === 'invitations' && key === undefined) {
    return (
      only('POST', method) ?? {
        ...operation('invite', invitedSubject(body), () => invite(state, body)),
        pretend: () => pretendToInvite(state, body),
      }
    );
  }
  if (resource === 'roleManagement' && path.join('/') === 'roleManagement/directory/roleAssignments') {
    return only('GET', method) ?? operation('listRoles', { addresses: [] }, () => listRoleAssignments(state, query));
  }
  return errors.unknownSegment(deeper[0] ?? resource);
}

/**
 * Runs one operation as the service would: it counts, it may be throttled, a fault may strike before or after its
 * effect.
 */
export async function perform(state: SimulatorState, asked: Operation): Promise<Outcome> {
  const { kind, subject } = asked;
  const isOthers = kind === 'batch' || kind === 'readApps' || kind === 'writeApps' || kind === 'resumeTask';
  const refusal = isOthers ? undefined : state.policies.refuse(kind);
  const run = refusal === undefined ? asked.run : (): Outcome => ({ act: 'answer', answer: refusal });
  state.statistics.arrived(kind);
  const waitSeconds = state.throttle.refuse(kind, state.now());
  if (waitSeconds !== undefined) {
    state.statistics.throttled++;
    return {
      act: 'answer',
      answer: {
        status: 429,
        error: { code: 'TooManyRequests', message: 'Too many requests.' },
        retryAfter: String(waitSeconds),
      },
    };
  }
  const fault = state.faults.take(kind, subject);
  return fault === undefined ? run() : struck(state, { ...asked, run }, fault);
}

const NOTHING_DONE: Answer = {
  status: 503,
  error: { code: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' },
};

async function struck(
  state: SimulatorState,
  { kind, subject, run, pretend }: Operation,
  fault: Fault,
): Promise<Outcome> {
  if (fault.act === 'pretend') return { act: 'answer', answer: pretend?.() ?? NOTHING_DONE };
  const answer = faultAnswer(fault, kind, subject);
  const isOrdinary = answer === undefined && fault.act !== 'drop' && fault.act !== 'omit';
  const done = fault.effect === 'done' || isOrdinary ? await run() : undefined;
  if (fault.delayMs > 0) await sleep(state.clock.outerMs(fault.delayMs), undefined, { ref: false });
  if (answer?.status === 429) state.statistics.throttled++;
  const told =
    answer === undefined ? done && leaveOut(done.answer, fault.without) : withOrdinaryBody(answer, done?.answer);
  switch (fault.act) {
    case 'otherUser':
      return { act: 'answer', answer: aboutAnother(state, told ?? NOTHING_DONE, subject) };
    case 'answer':
      return { act: done?.act ?? 'answer', answer: told ?? NOTHING_DONE };
    case 'drop':
    case 'omit':
    case 'swap':
      return { act: fault.act, answer: told ?? NOTHING_DONE };
  }
}

/** A success with another status than usual has the usual body. */
const withOrdinaryBody = (answer: Answer, done: Answer | undefined): Answer =>
  succeeded(answer) && answer.body === undefined && done !== undefined ? { ...done, status: answer.status } : answer;

function operation(kind: OperationKind, subject: Subject, answer: () => Answer): Operation {
  return { kind, subject, run: () => ({ act: 'answer', answer: answer() }) };
}

function only(allowed: string, method: string): Answer | undefined {
  return method === allowed ? undefined : errors.wrongMethod;
}

function filteredAddresses(query: URLSearchParams): string[] {
  const reading = readUserFilter(query.get('$filter') ?? '');
  return 'terms' in reading ? reading.terms.map((term) => term.address) : [];
}

// What a body is about is read leniently: whether it is acceptable is decided when the operation runs.
const patchedSchema = z.object({
  mail: z.string().nullish().catch(null),
  otherMails: z.array(z.string()).nullish().catch(null),
});
const invitedSchema = z.object({
  invitedUserEmailAddress: z.string().nullish().catch(null),
  invitedUser: z.object({ id: z.string().nullish() }).nullish().catch(null),
});

function patchedAddresses(body: unknown): string[] {
  const { data } = patchedSchema.safeParse(body);
  return [...(data?.mail ? [data.mail] : []), ...(data?.otherMails ?? [])];
}

function invitedSubject(body: unknown): Subject {
  const { data } = invitedSchema.safeParse(body);
  return {
    userId: data?.invitedUser?.id ?? undefined,
    addresses: data?.invitedUserEmailAddress ? [data.invitedUserEmailAddress] : [],
  };
}
