/** `POST /$batch`: up to 20 requests, answered in any order. */
import { randomUUID } from 'node:crypto';
import { dressInner, succeeded, type Outcome } from './answer.ts';
import { readBatch, type BatchPlan, type BatchStep } from './batch-plan.ts';
import { errors } from './errors.ts';
import { swapAnswers } from './mix-up.ts';
import { operationOf, perform, type Operation } from './operations.ts';
import { splitUrl, type GraphRequest } from './request.ts';
import type { SimulatorState } from './state.ts';

export function batchOperation(
  state: SimulatorState,
  request: GraphRequest,
  clientRequestId: string | undefined,
): Operation {
  const run = async (): Promise<Outcome> => {
    const plan = readBatch(request.body, state.batchDependencies);
    return 'refused' in plan
      ? { act: 'answer', answer: plan.refused }
      : runBatch(state, plan, request.version, clientRequestId);
  };
  return { kind: 'batch', subject: { addresses: [] }, run };
}

type RunnableBatch = Extract<BatchPlan, { steps: unknown }>;

/** A dropped connection does not stop the service: the other requests are still carried out. */
async function runBatch(
  state: SimulatorState,
  plan: RunnableBatch,
  version: GraphRequest['version'],
  clientRequestId: string | undefined,
): Promise<Outcome> {
  const { steps, sequential } = plan;
  const outcomes = new Map<string, Outcome>();
  for (const step of sequential ? steps : state.random.shuffle(steps))
    outcomes.set(step.id.toLowerCase(), await runStep(state, step, outcomes, version));

  const told = swapAnswers(outcomes);
  const responses = state.random.shuffle(steps).flatMap((step) => {
    const outcome = told.get(step.id.toLowerCase());
    if (outcome?.act !== 'answer') return [];
    const requestId = randomUUID();
    const ids = { 'request-id': requestId, 'client-request-id': step.clientRequestId ?? clientRequestId ?? requestId };
    return { id: step.id, ...dressInner(outcome.answer, state.now(), ids) };
  });
  const dropped = [...outcomes.values()].some((outcome) => outcome.act === 'drop');
  return { act: dropped ? 'drop' : 'answer', answer: { status: 200, body: { responses } } };
}

async function runStep(
  state: SimulatorState,
  step: BatchStep,
  before: ReadonlyMap<string, Outcome>,
  version: GraphRequest['version'],
): Promise<Outcome> {
  const failed = step.dependsOn.some((id) => !succeeded(before.get(id)?.answer ?? errors.dependencyFailed));
  if (failed) return { act: 'answer', answer: errors.dependencyFailed };
  const target = splitUrl(`/${version}${step.url}`);
  const operation =
    target === undefined
      ? errors.unknownSegment(step.url)
      : operationOf(state, { ...target, method: step.method, body: step.body });
  return 'status' in operation ? { act: 'answer', answer: operation } : perform(state, operation);
}
