/** A file that comes from the service, saved by the browser. */
import type { Answer } from '../../../client/answer.ts';

/** All of a stream; the browser keeps large ones on disk. `lost` where it ends too early. */
export async function blobOf(answer: Answer<ReadableStream<Uint8Array>>): Promise<Answer<Blob>> {
  if (answer.kind !== 'answered') return answer;
  try {
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    const value = await new Response(answer.value as BodyInit, { headers: { 'content-type': type } }).blob();
    return { ...answer, value };
  } catch (cause) {
    return { kind: 'lost', cause };
  }
}

/** How long a browser may take to begin with what it was given. */
const BEGUN_WITHIN_MS = 60_000;

export function saveAs(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), BEGUN_WITHIN_MS);
}
