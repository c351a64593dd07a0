import { app } from '@azure/functions';
import { httpFunction } from '../shared/entry/http/handler.ts';
import { answerTenantResume } from '../shared/entry/http/answers/resume-answer.ts';

/** POST /resume: lifts the stop that is shown; after a refusal only once one guest was tried. */
app.http('resumeTenant', httpFunction('resumeTenant', answerTenantResume));
