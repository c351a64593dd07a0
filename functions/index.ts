/** The app: streams bodies in both directions, traces invocations, and registers every function of this folder. */
import { app } from '@azure/functions';
import { takeRequests } from '../shared/entry/http/requests/take-requests.ts';
import { traceInvocations } from '../shared/entry/trace-invocations.ts';

import './atRoot.ts';
import './cancelJob.ts';
import './checkJob.ts';
import './deleteJob.ts';
import './getDiagnostics.ts';
import './eraseGuest.ts';
import './getHealth.ts';
import './getHealthDetails.ts';
import './getJob.ts';
import './getJobCompletion.ts';
import './getOpenApi.ts';
import './listAudit.ts';
import './listGuestResets.ts';
import './listJobs.ts';
import './listResets.ts';
import './otherDelete.ts';
import './otherGet.ts';
import './otherMethod.ts';
import './otherPost.ts';
import './pauseJob.ts';
import './pauseTenant.ts';
import './processBulkChunk.ts';
import './processPriorityChunk.ts';
import './reconcile.ts';
import './resetGuest.ts';
import './resumeJob.ts';
import './resumeTenant.ts';
import './retryJob.ts';
import './runDispatch.ts';
import './submitJob.ts';

app.setup({ enableHttpStream: true });
takeRequests();
traceInvocations();
