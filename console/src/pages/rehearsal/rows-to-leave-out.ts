/** The rows of a rehearsal that would not be reset. */
import type { Answer } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';

/** Row numbers, from 1. `lost` where the answer ended too early: then nothing may be sent. */
export async function rowsToLeaveOut(client: Client, id: string): Promise<Answer<readonly number[]>> {
  const status = 'failed,skipped,unknown,canceled';
  const answer = await client.exportResets(id, { status, format: 'ndjson' });
  if (answer.kind !== 'answered') return answer;
  try {
    const text = await new Response(answer.value as BodyInit).text();
    const rows = text.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { row: number }).row]));
    return { ...answer, value: rows };
  } catch (cause) {
    return { kind: 'lost', cause };
  }
}
