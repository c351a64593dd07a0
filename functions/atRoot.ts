import { app } from '@azure/functions';
import { otherFunction } from '../shared/adapters/http/handler.ts';
import { answerOther } from '../shared/adapters/http/other-answer.ts';

/** /api itself: GET says what is here. */
app.http('atRoot', otherFunction('atRoot', answerOther));
