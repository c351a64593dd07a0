import { app } from '@azure/functions';
import { answerGuestHistory } from '../shared/entry/http/answers/history-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** GET /guests/{guestId}/resets: what was tried for one guest, named by object id, UPN or mail; newest first. */
app.http('listGuestResets', httpFunction('listGuestResets', answerGuestHistory));
