/**
 * Lifecycle Workflows of Entra ID Governance: what was set up, which tasks ran for whom, and who waits for an answer.
 */
import type { DirectoryUser } from '../directory.ts';
import type { Extension, Workflow } from './bodies.ts';

/** One task for one user. */
export interface TaskResult {
  readonly id: string;
  readonly workflowId: string;
  readonly taskId: string;
  readonly subjectId: string;
  readonly startedDateTime: string;
  readonly processingStatus: 'inProgress' | 'completed' | 'failed';
  /** Ours. */
  readonly failureReason?: string;
  /** The application that resumed it. */
  readonly resumedBy?: string;
}

/** What Entra posts to the logic app. */
export interface Callout {
  readonly logicApp: string;
  readonly body: object;
}

export class LifecycleWorkflows {
  readonly extensions = new Map<string, Extension>();
  readonly workflows = new Map<string, Workflow>();
  readonly callouts: Callout[] = [];
  readonly #results = new Map<string, TaskResult>();

  /** The result as it is now: who has waited too long has failed. */
  result(id: string, now: Date): TaskResult | undefined {
    const result = this.#results.get(id);
    if (result?.processingStatus !== 'inProgress') return result;
    const minutes = this.extensionOf(result)?.callbackConfiguration.timeoutDuration ?? 0;
    if (now.getTime() <= Date.parse(result.startedDateTime) + minutes * 60_000) return result;
    return { ...result, processingStatus: 'failed', failureReason: 'No response within the time-out.' };
  }

  results(now: Date): TaskResult[] {
    return [...this.#results.keys()].flatMap((id) => this.result(id, now) ?? []);
  }

  end(result: TaskResult): void {
    this.#results.set(result.id, result);
  }

  extensionOf({ workflowId }: Pick<TaskResult, 'workflowId'>): Extension | undefined {
    return this.extensions.get(this.workflows.get(workflowId)?.tasks[0]?.arguments[0].value ?? '');
  }

  /** Runs the workflow's task for a user: the logic app is called, and its answer waited for. */
  launch(workflow: Workflow, user: DirectoryUser, resultId: string, now: Date): void {
    const started = { startedDateTime: now.toISOString(), processingStatus: 'inProgress' } as const;
    const { id: workflowId, taskId } = workflow;
    const result: TaskResult = { id: resultId, workflowId, taskId, subjectId: user.id, ...started };
    this.#results.set(resultId, result);
    const task = workflow.tasks[0];
    this.callouts.push({
      logicApp: this.extensionOf(result)?.endpointConfiguration.logicAppWorkflowName ?? '',
      body: {
        data: {
          subject: {
            id: user.id,
            displayName: user.displayName,
            email: user.mail,
            userPrincipalName: user.userPrincipalName,
          },
          task: { id: taskId, displayName: task?.displayName },
          taskProcessingResult: { id: resultId, createdDateTime: now.toISOString() },
          workflow: { id: workflowId, displayName: workflow.displayName, workflowVersion: 1 },
          callbackUriPath: pathOf(result),
        },
        source: `/identityGovernance/lifecycleWorkflows/workflows/${workflowId}`,
        type: 'lifecycleEvent',
      },
    });
  }
}

const pathOf = ({ workflowId, taskId, id }: TaskResult): string =>
  `/identityGovernance/lifecycleWorkflows/workflows/${workflowId}/tasks/${taskId}/taskProcessingResults/${id}/resume`;
