import { app } from '@azure/functions';
import { answerErasure } from '../shared/entry/http/answers/erasure-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** DELETE /guests/{guestId}/history: one guest, out of all that is kept. */
app.http('eraseGuest', httpFunction('eraseGuest', answerErasure));
