/** What a host asks of Graph or of the tables, read off the request. */
import type { CallKind } from './strikes.ts';

export function graphCallKind(_method: string, path: string, body: string): CallKind {
  if (!path.includes('$batch')) return 'other';
  if (body.includes('/invitations"')) return 'invite';
  return body.includes('"PATCH"') ? 'addEmails' : 'lookUp';
}

export function tableCallKind(method: string, path: string, body: string): CallKind {
  const reads = method === 'GET';
  if (path.includes('$batch')) {
    if (body.includes('/idempotency')) return 'idempotency';
    return body.includes('/guests') ? 'claimGuest' : 'insertChunks';
  }
  if (path.includes('/chunks')) return reads ? 'readChunk' : 'writeChunk';
  if (path.includes('/guests')) return reads ? 'readGuest' : 'claimGuest';
  if (path.includes('/control')) return 'control';
  if (path.includes('/idempotency')) return 'idempotency';
  return path.includes('/jobs') ? 'job' : 'other';
}
