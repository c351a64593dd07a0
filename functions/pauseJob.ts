import { app } from '@azure/functions';
import { httpFunction } from '../shared/adapters/http/handler.ts';
import { answerPause } from '../shared/adapters/http/pause-answer.ts';

/** POST /jobs/{id}/pause: nothing more of this job is sent; everything stays as it is. */
app.http('pauseJob', httpFunction('pauseJob', answerPause));
