import { app } from '@azure/functions';
import { answerDiagnostics } from '../shared/entry/http/answers/diagnostics-answer.ts';
import { knownHttpFunction } from '../shared/entry/http/handler.ts';

/** GET /diagnostics: every check of the service, and every problem. */
app.http('getDiagnostics', knownHttpFunction('getDiagnostics', answerDiagnostics));
