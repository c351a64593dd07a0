import { app } from '@azure/functions';
import { answerDelete } from '../shared/entry/http/answers/delete-answer.ts';
import { httpFunction } from '../shared/entry/http/handler.ts';

/** DELETE /jobs/{id}: an ended job and all that is known of it. */
app.http('deleteJob', httpFunction('deleteJob', answerDelete));
