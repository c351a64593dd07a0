import { app } from '@azure/functions';
import { otherFunction } from '../shared/adapters/http/handler.ts';
import { answerOther } from '../shared/adapters/http/other-answer.ts';

/** DELETE where no route takes it: a problem, 404 or 405. */
app.http('otherDelete', otherFunction('otherDelete', answerOther));
