import { app } from '@azure/functions';
import { knownHttpFunction } from '../shared/entry/http/handler.ts';
import { answerMe } from '../shared/entry/http/answers/me-answer.ts';

/** GET /me: who the caller is, and with which roles. */
app.http('getMe', knownHttpFunction('getMe', answerMe));
