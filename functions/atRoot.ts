import { app } from '@azure/functions';
import { otherFunction } from '../shared/entry/http/handler.ts';
import { answerOther } from '../shared/entry/http/answers/other-answer.ts';

/** /api itself: GET says what is here. */
app.http('atRoot', otherFunction('atRoot', answerOther));
