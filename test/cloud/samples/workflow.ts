/**
 * Runs the one job of a workflow as a runner of GitHub Actions does: its `run` steps in bash, each in a process of its
 * own, with the files and variables that it sets. Actions are stand-ins. What it does not know it refuses: an
 * expression, a key, a shell. Source: GitHub, "Workflow syntax" and "Store information in variables".
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Ended, SampleCloud } from './sample-cloud.ts';

const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({});
const stepSchema = z.union([
  z.strictObject({ name: z.string().optional(), if: z.string().optional(), uses: z.string(), with: texts }),
  z.strictObject({ name: z.string().optional(), if: z.string().optional(), run: z.string(), env: texts }),
]);
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    schedule: z.array(z.strictObject({ cron: z.string().regex(/^(?:\S+ ){4}\S+$/) })),
    workflow_dispatch: z.null(),
  }),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.string(),
      'timeout-minutes': z.number(),
      env: texts,
      defaults: z.strictObject({ run: z.strictObject({ shell: z.literal('bash') }) }),
      steps: z.array(stepSchema),
    }),
  ),
});
export type Workflow = z.infer<typeof workflowSchema>;

export const readWorkflow = (file: string): Workflow => workflowSchema.parse(parse(readFileSync(file, 'utf8')));

/** What a stand-in for an action does, by the action's name without its version. */
export type Actions = Readonly<Record<string, (inputs: Readonly<Record<string, string>>) => void>>;

export interface Run {
  /** Below the folder of the cloud: the repository as it was checked out. */
  readonly workspace: string;
  readonly runId: string;
  readonly attempt: number;
  readonly vars: Readonly<Record<string, string>>;
  readonly actions: Actions;
}
export interface RunEnded {
  readonly succeeded: boolean;
  /** What ran, by name of the step or of its action. */
  readonly steps: readonly string[];
  readonly ended: readonly Ended[];
  /** `$GITHUB_STEP_SUMMARY`, of all steps. */
  readonly summary: string;
}

/** @returns the text with each expression replaced; throws for one that is not known */
export function evaluate(text: string, contexts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_all, expression: string) => {
    const value = contexts[expression.trim()];
    if (value === undefined) throw new Error(`The expression ${expression.trim()} is not known here.`);
    return value;
  });
}

export async function runWorkflow(cloud: SampleCloud, workflow: Workflow, run: Run): Promise<RunEnded> {
  const [job, ...others] = Object.values(workflow.jobs);
  if (job === undefined || others.length > 0) throw new Error('Only a workflow of one job can be run here.');
  const contexts: Record<string, string> = {
    'github.run_id': run.runId,
    'github.run_attempt': String(run.attempt),
    ...Object.fromEntries(Object.entries(run.vars).map(([name, value]) => [`vars.${name}`, value])),
  };
  const all = (said: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(said).map(([name, text]) => [name, evaluate(text, contexts)]));
  const runner = join(cloud.folder, `runner-${run.runId}-${run.attempt}`);
  mkdirSync(runner);
  const environment: Record<string, string> = {
    ...all(job.env),
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'contoso/guests',
    GITHUB_WORKFLOW: workflow.name,
    GITHUB_RUN_ID: run.runId,
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    GITHUB_WORKSPACE: run.workspace,
  };
  const [steps, ended, summaries]: [string[], Ended[], string[]] = [[], [], []];
  let succeeded = true;
  for (const [index, step] of job.steps.entries()) {
    if (step.if !== undefined && step.if !== 'always()') throw new Error(`The condition ${step.if} is not known here.`);
    if (!succeeded && step.if === undefined) continue;
    if ('uses' in step) {
      const name = step.uses.split('@')[0] ?? '';
      const action = run.actions[name];
      if (action === undefined) throw new Error(`The action ${name} has no stand-in here.`);
      steps.push(name);
      action(all(step.with));
      continue;
    }
    steps.push(step.name ?? step.run);
    const file = (name: string): string => join(runner, `${name}-${index}`);
    const files = {
      GITHUB_ENV: file('env'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
    };
    for (const each of Object.values(files)) writeFileSync(each, '');
    writeFileSync(file('script'), evaluate(step.run, contexts));
    // As GitHub runs `shell: bash`.
    const shell = ['--noprofile', '--norc', '-eo', 'pipefail', file('script')];
    const result = await cloud.run('bash', shell, { ...environment, ...all(step.env), ...files }, run.workspace);
    ended.push(result);
    summaries.push(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'));
    for (const name of ['GITHUB_ENV', 'GITHUB_OUTPUT'] as const)
      if (readFileSync(files[name], 'utf8') !== '') throw new Error(`What a step writes to ${name} is not read here.`);
    if (result.code !== 0) succeeded = false;
  }
  return { succeeded, steps, ended, summary: summaries.join('') };
}
