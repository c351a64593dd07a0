import { app } from '@azure/functions';
import { answerGuest } from '../shared/entry/http/answers/guest-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** GET /guests/{guestId}: how the guest stands in the directory now, and whether they could be reset. */
app.http('getGuest', httpFunction('getGuest', answerGuest));
