/** Where there is no app registration yet: one that was removed comes back, or a new one is made. */
import type { Graph } from '../graph/graph.ts';
import { APPLICATION_SELECT, applicationSchema, type Application } from '../graph/objects.ts';
import { isDenied } from '../graph/refusal.ts';
import { attempt } from './privileges.ts';
import type { Session } from './session.ts';
import { AUDIENCE } from './wanted.ts';

/** What a new one is like, as far as the plan looks. */
export const BLANK: Application = applicationSchema.parse({
  id: '',
  appId: 'CLIENT-ID',
  displayName: '',
  signInAudience: AUDIENCE,
  api: { requestedAccessTokenVersion: null },
  optionalClaims: null,
});

/** A removed one keeps its name for 30 days, so that no other can be made. It is restored, and keeps its client id. */
export async function restoreOrMake(
  session: Session,
  uniqueName: string,
  command: string,
): Promise<Application | undefined> {
  const { graph, report, mode } = session;
  const thing = `app registration ${uniqueName}`;
  const removed = await findRemoved(graph, uniqueName);
  const how = removed && 'restored: it had been removed less than 30 days ago';
  if (mode === 'what-if') {
    report.line('would make', thing, how);
    return removed ?? BLANK;
  }
  if (removed === undefined) return makeApplication(session, uniqueName, command);
  const isDone = await attempt(session, { deed: 'changeApplication', command, thing }, async () => {
    await graph.write('POST', `/directory/deletedItems/${removed.id}/restore`, {});
    report.line('made', thing, how);
  });
  return isDone ? graph.patiently(() => readById(graph, removed.id)) : undefined;
}

/** Undefined, too, where whoever asks may not see removed ones. */
async function findRemoved(graph: Graph, uniqueName: string): Promise<Application | undefined> {
  const path = `/directory/deletedItems/microsoft.graph.application?$select=${APPLICATION_SELECT}`;
  const removed = await graph.list(path).catch((error: unknown) => {
    if (isDenied(error)) return [];
    throw error;
  });
  return removed.map((each) => applicationSchema.parse(each)).find((each) => each.uniqueName === uniqueName);
}

const readById = async (graph: Graph, id: string): Promise<Application> =>
  applicationSchema.parse(await graph.get(`/applications/${id}?$select=${APPLICATION_SELECT}`));

/** Made with its name alone: what somebody else has made meanwhile is never overwritten. */
async function makeApplication(
  session: Session,
  uniqueName: string,
  command: string,
): Promise<Application | undefined> {
  const { graph, report } = session;
  const key = `(uniqueName='${uniqueName}')`;
  const thing = `app registration ${uniqueName}`;
  let made: Application | undefined;
  await attempt(session, { deed: 'register', command, thing }, async () => {
    const body = { displayName: uniqueName, signInAudience: AUDIENCE };
    const answer = await graph.upsert(`/applications${key}`, body);
    made =
      answer === undefined
        ? await graph.patiently(async () => applicationSchema.parse(await graph.get(`/applications${key}`)))
        : applicationSchema.parse(answer);
    report.line('made', thing);
  });
  return made;
}
