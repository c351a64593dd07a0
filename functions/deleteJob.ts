import { app } from '@azure/functions';
import { answerDelete } from '../shared/adapters/http/delete-answer.ts';
import { httpFunction } from '../shared/adapters/http/handler.ts';

/** DELETE /jobs/{id}: an ended job and all that is known of it. */
app.http('deleteJob', httpFunction('deleteJob', answerDelete));
