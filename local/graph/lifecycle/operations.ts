/** From a request to the operation it asks for, where it is about Lifecycle Workflows. */
import * as z from 'zod';
import type { Answer } from '../answer.ts';
import type { EntraRequest } from '../entra/request.ts';
import { errors } from '../errors.ts';
import type { Operation } from '../operations.ts';
import type { SimulatorState } from '../state.ts';
import { activateSchema, extensionSchema, resumeSchema, workflowSchema } from './bodies.ts';

export interface LifecycleRequest extends EntraRequest {
  /** The application whose token it carries; undefined of an administrator. */
  readonly appId: string | undefined;
}

const ADMINISTRATORS = ['Lifecycle Workflows Administrator', 'Global Administrator'];

/** The operation, or undefined where the request is about something else. */
export function lifecycleOperation(state: SimulatorState, request: LifecycleRequest): Operation | undefined {
  const { path, method } = request;
  if (path[0] !== 'identityGovernance') return undefined;
  const isResume = path.at(-1) === 'resume';
  const run = (): Answer => {
    if (path[1]?.toLowerCase() !== 'lifecycleworkflows') return errors.unknownSegment(path[1] ?? '');
    if (method !== 'POST') return errors.notSimulated(`${method} ${path.join('/')}`);
    return isResume ? resume(state, request) : administer(state, request);
  };
  const kind = isResume ? 'resumeTask' : 'writeApps';
  const subject = { addresses: [], words: path.join('/') };
  return { kind, subject, run: () => ({ act: 'answer', answer: run() }) };
}

function administer(state: SimulatorState, { path, body, who }: LifecycleRequest): Answer {
  const { lifecycle, directory, entra, statistics } = state;
  // An application may do neither: the permission is there for people only.
  if (who === undefined || !who.roles.some((role) => ADMINISTRATORS.includes(role)))
    return errors.insufficientPrivileges;
  const [, , list, id, action] = path;
  if (list === 'customTaskExtensions' && id === undefined)
    return reading(extensionSchema, body, (extension) => {
      const made = { ...extension, id: entra.newId() };
      lifecycle.extensions.set(made.id, made);
      statistics.written('writeApps');
      return { status: 201, body: { ...(body as object), id: made.id } };
    });
  if (list === 'workflows' && id === undefined)
    return reading(workflowSchema, body, (workflow) => {
      const { value } = workflow.tasks[0]?.arguments[0] ?? { value: '' };
      if (!lifecycle.extensions.has(value)) return errors.userNotFound(value);
      const made = { ...workflow, id: entra.newId(), taskId: entra.newId() };
      lifecycle.workflows.set(made.id, made);
      statistics.written('writeApps');
      return { status: 201, body: { ...(body as object), id: made.id } };
    });
  const workflow = lifecycle.workflows.get(id ?? '');
  if (list !== 'workflows' || action !== 'activate' || path.length > 5) return errors.unknownSegment(path.at(-1) ?? '');
  if (workflow === undefined) return errors.userNotFound(id ?? '');
  return reading(activateSchema, body, ({ subjects }) => {
    for (const subject of subjects) {
      const user = directory.get(subject.id);
      if (user !== undefined) lifecycle.launch(workflow, user, entra.newId(), state.now());
    }
    statistics.written('writeApps');
    return { status: 204 };
  });
}

/** Of a logic app: how what it was launched for has ended. Once only, and before the time-out. */
function resume(state: SimulatorState, { path, body, appId, who }: LifecycleRequest): Answer {
  const { lifecycle, policies } = state;
  const [, , list, workflowId, tasks, taskId, results, id = ''] = path;
  if (list !== 'workflows' || tasks !== 'tasks' || results !== 'taskProcessingResults' || path.length !== 9)
    return errors.unknownSegment(path.at(-1) ?? '');
  const result = lifecycle.result(id, state.now());
  if (result === undefined || result.workflowId !== workflowId || result.taskId !== taskId)
    return errors.userNotFound(id);
  const authorized = lifecycle.extensionOf(result)?.callbackConfiguration.authorizedApps ?? [];
  const mayResume =
    authorized.some((app) => app.id === appId) ||
    policies.mayResumeTasks(appId) ||
    who?.roles.some((role) => ADMINISTRATORS.includes(role)) === true;
  if (!mayResume) return errors.insufficientPrivileges;
  return reading(resumeSchema, body, ({ data }) => {
    if (result.processingStatus !== 'inProgress') return errors.taskNotInProgress(id);
    const processingStatus = data.operationStatus.toLowerCase() as 'completed' | 'failed';
    lifecycle.end({ ...result, processingStatus, ...(appId !== undefined && { resumedBy: appId }) });
    return { status: 204 };
  });
}

function reading<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  use: (value: z.output<Schema>) => Answer,
): Answer {
  const parsed = schema.safeParse(body);
  return parsed.success ? use(parsed.data) : errors.invalidBody(z.prettifyError(parsed.error));
}
