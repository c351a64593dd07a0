import { app } from '@azure/functions';
import { answerGuestHistory } from '../shared/adapters/http/history-answer.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';

/** GET /guests/{guestId}/resets: what was tried for one guest, named by object id, UPN or mail; newest first. */
app.http('listGuestResets', httpFunction('listGuestResets', answerGuestHistory));
