/** The parent's end: a broker in a child process, asked over the IPC channel. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connectionString } from './broker.ts';
import { answerSchema, type ControlAnswer, type ControlRequest } from './control.ts';
import type { Fault } from './faults.ts';
import type { QueueCounts, QueueOperations } from './queue.ts';

export interface BrokerProcess {
  readonly port: number;
  readonly pid: number;
  readonly connectionString: string;
  counts(): Promise<Record<string, QueueCounts>>;
  operations(): Promise<Record<string, QueueOperations>>;
  plan(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Returns how many connections were cut. */
  dropConnections(): Promise<number>;
  /** Ends the process and waits for its end. */
  stop(): Promise<void>;
}

/** A request without its id; distributes over the union. */
type Question = ControlRequest extends infer Request
  ? Request extends ControlRequest
    ? Omit<Request, 'id'>
    : never
  : never;

/** Starts the broker with command line arguments. Rejects with what it wrote to stderr when it cannot start. */
export async function startBrokerProcess(args: readonly string[] = ['--port', '0']): Promise<BrokerProcess> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = fork(main, args, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const ended = once(child, 'close');
  const { pid, port } = await untilReady(child, ended);
  const ask = asker(child);
  return {
    port,
    pid,
    connectionString: connectionString(port),
    async counts() {
      const answer = await ask({ kind: 'counts' });
      return answer.kind === 'counts' ? answer.queues : unexpected(answer);
    },
    async operations() {
      const answer = await ask({ kind: 'operations' });
      return answer.kind === 'operations' ? answer.queues : unexpected(answer);
    },
    async plan(fault) {
      await ask({ kind: 'plan', fault });
    },
    async clearFaults() {
      await ask({ kind: 'clearFaults' });
    },
    async dropConnections() {
      const answer = await ask({ kind: 'dropConnections' });
      return answer.kind === 'dropped' ? answer.connections : unexpected(answer);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(child: ChildProcess, ended: Promise<unknown>): Promise<{ pid: number; port: number }> {
  let stderr = '';
  const collect = (text: string) => {
    stderr += text;
  };
  child.stderr?.setEncoding('utf8').on('data', collect);
  const [message]: unknown[] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
  const first = answerSchema.safeParse(message).data;
  if (first?.kind !== 'ready' || child.pid === undefined) throw new Error(`The broker did not start. ${stderr.trim()}`);
  child.stderr?.off('data', collect).pipe(process.stderr); // from now on its errors are ours to show
  return { pid: child.pid, port: first.port };
}

/** Sends requests one beside another and matches the answers by id. A refusal, or the end of the process, rejects. */
function asker(child: ChildProcess): (question: Question) => Promise<ControlAnswer> {
  const waiting = new Map<number, { resolve: (answer: ControlAnswer) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', (message) => {
    const answer = answerSchema.parse(message);
    if (answer.kind === 'ready' || answer.id === null) return;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.kind === 'refused') asked?.reject(new Error(`The broker refused: ${answer.message}`));
    else asked?.resolve(answer);
  });
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The broker ended before it answered.'));
    waiting.clear();
  });
  return async (question) => {
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<ControlAnswer>();
    waiting.set(id, { resolve, reject });
    child.send({ ...question, id }, (error) => error && reject(error));
    return promise;
  };
}

function unexpected(answer: ControlAnswer): never {
  throw new Error(`The broker gave an answer of another kind: ${answer.kind}.`);
}
