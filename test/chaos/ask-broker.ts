/** Questions to a broker that runs in a process of its own. */
import type { ChildProcess } from 'node:child_process';
import { answerSchema, type ControlAnswer } from '../../local/broker/control.ts';

let lastId = 0;

/** Rejects when the broker is gone: a run that has failed is over before all of its troubles are. */
export function askBroker(broker: ChildProcess, request: object): Promise<ControlAnswer> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const listen = (message: unknown): void => {
      const answer = answerSchema.parse(message);
      if (!('id' in answer) || answer.id !== id) return;
      broker.off('message', listen);
      resolve(answer);
    };
    broker.on('message', listen);
    broker.send({ id, ...request }, (error) => {
      if (error !== null) reject(error);
    });
  });
}
