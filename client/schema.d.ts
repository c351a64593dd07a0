// Written by `npm run client:types` from the OpenAPI document with this fingerprint:
// 91a032bfcbadc9fe41ef850b2d3ad27c20c8d6cf22c371db8f1d157acc790098

export interface paths {
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs, newest first.
         * @description Those that the caller may see. A page may be empty and still have a `nextLink`. Role Read or Manage; with Submit, of jobs that one has submitted.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Submit resets as one job.
         * @description Either the whole submission is accepted, or nothing of it is queued and every problem is named. Role Submit.
         */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how a job stands.
         * @description Status and counts; the resets too where there are at most 20. Role Read or Manage; with Submit, of jobs that one has submitted.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Delete an ended job.
         * @description With all that is known of it, step by step. It is no longer shown from then on. Role Manage; with Submit, of jobs that one has submitted.
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Poll for the end of a job.
         * @description As clients do by themselves that follow `Location` while they get 202. Role Read or Manage; with Submit, of jobs that one has submitted.
         */
        get: operations["getJobCompletion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how fast a job goes.
         * @description Over its whole life; `waiting` where Graph had asked to wait. Role Read or Manage; with Submit, of jobs that one has submitted.
         */
        get: operations["getJobRate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the resets of a job.
         * @description Pages of JSON, or all of them as CSV or NDJSON. Role Read or Manage; with Submit, of jobs that one has submitted.
         */
        get: operations["listResets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel what was not sent yet.
         * @description What is on its way is still looked at. Role Manage; with Submit, of jobs that one has submitted.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit once more what did not succeed.
         * @description As a new job, of those resets of an ended one. Role Submit.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look who has redeemed.
         * @description Of the guests of an ended job. Looks, and sends nothing; `check` of the job tells how far it is. Role Manage; with Submit, of jobs that one has submitted.
         */
        post: operations["checkJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop sending for a job.
         * @description Everything stays as it is until it is resumed. Role Manage.
         */
        post: operations["pauseJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift the stop of a job.
         * @description The one that is shown; after a refusal only once one guest was tried. The answer may still say resuming, or show another stop. Whoever submitted the job may lift that of `pauseAfter` without the role Manage, and never that of `awaitingApproval`. Role Manage; with Submit, of jobs that one has submitted.
         */
        post: operations["resumeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guests/{guestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how a guest stands now.
         * @description As the directory says, at most five seconds ago, and whether a dry run would find that the guest can be reset. Of a user who is no guest it tells only that. Role Read or Manage.
         */
        get: operations["getGuest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guests/{guestId}/resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what was tried for a guest.
         * @description Newest first, of the jobs that the caller may see. A page may be empty and still have a `nextLink`. Role Read or Manage; with Submit, of jobs that one has submitted.
         */
        get: operations["listGuestResets"];
        put?: never;
        /**
         * Reset one guest.
         * @description As a job of its own, for automation. Role Submit.
         */
        post: operations["resetGuest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guests/{guestId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase a guest from what is kept.
         * @description History, requests and results, addresses, and texts that name the guest; also of one who is gone from the directory, by object id. The counts of jobs stay. 202 while that goes on by itself: the same request again tells how far it is. Role Manage.
         */
        delete: operations["eraseGuest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who did what.
         * @description To jobs, to the tenant, and to what is kept of guests; newest first. A row is kept for `AUDIT_RETENTION_DAYS`, also when its job is gone. Role Read or Manage.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop sending for the whole tenant.
         * @description Everything stays as it is until it is resumed. Role Manage.
         */
        post: operations["pauseTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift the stop of the tenant.
         * @description The one that is shown; after a refusal only once one guest was tried. The answer may still say resuming, or show another stop. Role Manage.
         */
        post: operations["resumeTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who one is here.
         * @description As the token says; where nobody signs in, the developer. Whoever has signed in, also without a role.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how sending stands for the whole tenant.
         * @description What stops it, if something does, and how fast it goes; as it was at most a second ago. Role Submit, Read or Manage.
         */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See whether the service can work.
         * @description Each thing that it depends on, tried at most a minute ago, and what is wrong with the settings. Role Submit, Read or Manage.
         */
        get: operations["getDiagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how sending stands.
         * @description In one word, as the tables tell it; nothing else is asked. Nobody needs to sign in.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the diagnostics.
         * @description They lie elsewhere. Nobody needs to sign in.
         */
        get: operations["getHealthDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this description.
         * @description As this deployment answers and signs callers in. Nobody needs to sign in.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi-v2.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a description for custom connectors.
         * @description Of Power Automate, Power Apps and Logic Apps: a few operations, in the format that these take. Nobody needs to sign in.
         */
        get: operations["getOpenApiV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what problems there are.
         * @description A page for people: every code of a refusal. Nobody needs to sign in.
         */
        get: operations["listProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a problem means.
         * @description A page for people: cause and remedy of one code. The `type` of a problem leads here. Nobody needs to sign in.
         */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what is here.
         * @description Where to go on. Nobody needs to sign in.
         */
        get: operations["getRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/config.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how people sign in to the console.
         * @description Nothing of it is secret. Nobody needs to sign in.
         */
        get: operations["getConsoleConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Submission: {
            resets: components["schemas"]["Entry"][];
            defaults?: components["schemas"]["Defaults"] | null;
            /**
             * @description Why; shown with the job.
             * @example fabrikam moved
             */
            reason?: string | null;
            /**
             * Format: date-time
             * @description Nothing is sent before this time.
             * @example 2030-01-31T08:00:00Z
             */
            notBefore?: string | null;
            /**
             * Format: date-time
             * @description Nothing is sent from this time on: what is pending then is canceled.
             * @example 2030-02-28T08:00:00Z
             */
            notAfter?: string | null;
            /**
             * @description After so many resets the job stops by itself, until it is resumed.
             * @example 20
             */
            pauseAfter?: number | null;
            /**
             * @description Looks everything up, decides, and sends nothing.
             * @example true
             */
            dryRun?: boolean | null;
            /**
             * @description False: successes are not looked at once more, a minute later. The default is true.
             * @example false
             */
            verify?: boolean | null;
            /**
             * @description At most so many resets of this job in any minute.
             * @example 60
             */
            maxPerMinute?: number | null;
            /**
             * @description A guest reset within so many hours before the submission, or since, is skipped. The default is 24.
             * @example 24
             */
            skipIfResetWithinHours?: number | null;
            /**
             * @description Whom to reset: guests in this state of invitation; others are skipped. The default is any.
             * @example pending
             */
            onlyIf?: ("any" | "pending" | "accepted") | null;
            /**
             * @description Whether Microsoft mails the guest. Has no built-in default.
             * @example true
             */
            sendInvitationMessage?: boolean | null;
            /**
             * @description Where a new address goes; the default is mail.
             * @example mail
             * @enum {string|null}
             */
            addEmailTo?: "mail" | "otherMails" | "none" | null;
            /**
             * @description Language of Microsoft's mail, a tag of BCP 47.
             * @example de-DE
             */
            messageLanguage?: string | null;
            /**
             * @description A message for the guest. Microsoft leaves it out of the service's mails.
             * @example Please accept this invitation to go on working with us.
             */
            customizedMessageBody?: string | null;
            /**
             * Format: uri
             * @description Where the guest lands, an https address; the default is My Apps of the tenant.
             * @example https://apps.contoso.example
             */
            inviteRedirectUrl?: string | null;
            /**
             * @description Each new address is derived from the guest's mail: a partner has a new domain.
             * @example {
             *       "from": "fabrikam.example",
             *       "to": "fabrikam-new.example"
             *     }
             */
            changeEmailDomain?: {
                from: string;
                to: string;
            } | null;
        };
        /** @description One guest of a submission. */
        Entry: {
            /**
             * @description Object id, UPN (with #EXT#) or mail of the guest.
             * @example anna.berg@fabrikam.example
             */
            user?: string | null;
            /**
             * @description The guest by kind of name, instead of `user`.
             * @example {
             *       "id": "6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1"
             *     }
             */
            invitedUser?: components["schemas"]["InvitedUser"] | null;
            /**
             * @description Your own words for this reset; given back with its result.
             * @example HR-1001
             */
            reference?: string | null;
            /**
             * @description Address to invite; the default is the guest's mail. A new one is added to the guest first.
             * @example anna.berg@adatum.example
             */
            invitedUserEmailAddress?: string | null;
            /**
             * @description As the Graph documentation shows it; a reset does not rename anybody.
             * @example Anna Berg
             */
            invitedUserDisplayName?: string | null;
            /**
             * @description As the Graph documentation shows it: only Guest.
             * @example Guest
             */
            invitedUserType?: string | null;
            /**
             * @description As the Graph documentation shows it: only true.
             * @example true
             */
            resetRedemption?: boolean | null;
            /**
             * @description Whether Microsoft mails the guest. Has no built-in default.
             * @example true
             */
            sendInvitationMessage?: boolean | null;
            /**
             * Format: uri
             * @description Where the guest lands, an https address; the default is My Apps of the tenant.
             * @example https://apps.contoso.example
             */
            inviteRedirectUrl?: string | null;
            /**
             * @description Of Microsoft's mail.
             * @example {
             *       "messageLanguage": "de-DE"
             *     }
             */
            invitedUserMessageInfo?: components["schemas"]["MessageInfo"] | null;
            /**
             * @description Where a new address goes; the default is mail.
             * @example mail
             * @enum {string|null}
             */
            addEmailTo?: "mail" | "otherMails" | "none" | null;
        } & ({
            user: string;
        } | {
            invitedUser: components["schemas"]["InvitedUser"];
        } | {
            invitedUserEmailAddress: string;
        });
        ResetBody: {
            /**
             * @description Your own words for this reset; given back with its result.
             * @example HR-1001
             */
            reference?: string | null;
            /**
             * @description Address to invite; the default is the guest's mail. A new one is added to the guest first.
             * @example anna.berg@adatum.example
             */
            invitedUserEmailAddress?: string | null;
            /**
             * @description As the Graph documentation shows it; a reset does not rename anybody.
             * @example Anna Berg
             */
            invitedUserDisplayName?: string | null;
            /**
             * @description As the Graph documentation shows it: only Guest.
             * @example Guest
             */
            invitedUserType?: string | null;
            /**
             * @description As the Graph documentation shows it: only true.
             * @example true
             */
            resetRedemption?: boolean | null;
            /**
             * @description Whether Microsoft mails the guest. Has no built-in default.
             * @example true
             */
            sendInvitationMessage?: boolean | null;
            /**
             * Format: uri
             * @description Where the guest lands, an https address; the default is My Apps of the tenant.
             * @example https://apps.contoso.example
             */
            inviteRedirectUrl?: string | null;
            /**
             * @description Of Microsoft's mail.
             * @example {
             *       "messageLanguage": "de-DE"
             *     }
             */
            invitedUserMessageInfo?: components["schemas"]["MessageInfo"] | null;
            /**
             * @description Where a new address goes; the default is mail.
             * @example mail
             * @enum {string|null}
             */
            addEmailTo?: "mail" | "otherMails" | "none" | null;
        };
        RetryBody: {
            /** @description Resets that ended so. Default: canceled, and failed where trying again can help. */
            status?: string | ("failed" | "skipped" | "unknown" | "canceled")[];
            /** @description Of these only resets with one of the codes, with commas between. */
            code?: string | components["schemas"]["ResetCode"][];
            /**
             * @description Looks everything up, decides, and sends nothing.
             * @example true
             */
            dryRun?: boolean | null;
            /**
             * @description After so many resets the job stops by itself, until it is resumed.
             * @example 20
             */
            pauseAfter?: number | null;
            /**
             * @description Why; shown with the job.
             * @example fabrikam moved
             */
            reason?: string | null;
            /**
             * Format: date-time
             * @description Nothing is sent before this time.
             * @example 2030-01-31T08:00:00Z
             */
            notBefore?: string | null;
            /**
             * Format: date-time
             * @description Nothing is sent from this time on: what is pending then is canceled.
             * @example 2030-02-28T08:00:00Z
             */
            notAfter?: string | null;
            /**
             * @description At most so many resets of this job in any minute.
             * @example 60
             */
            maxPerMinute?: number | null;
            /**
             * @description Whether Microsoft mails the guest. Has no built-in default.
             * @example true
             */
            sendInvitationMessage?: boolean | null;
        };
        InvitedUser: {
            /**
             * @description Object id of the guest.
             * @example 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1
             */
            id?: string | null;
            /**
             * @description UPN of the guest.
             * @example anna.berg_fabrikam.example#EXT#@contoso.example
             */
            userPrincipalName?: string | null;
            /**
             * @description Mail of the guest.
             * @example anna.berg@fabrikam.example
             */
            mail?: string | null;
        };
        MessageInfo: {
            /**
             * @description Language of Microsoft's mail, a tag of BCP 47.
             * @example de-DE
             */
            messageLanguage?: string | null;
            /**
             * @description A message for the guest. Microsoft leaves it out of the service's mails.
             * @example Please accept this invitation to go on working with us.
             */
            customizedMessageBody?: string | null;
            /**
             * @description Who gets the mail in copy, one at most.
             * @example [
             *       {
             *         "emailAddress": {
             *           "address": "carla.diaz@contoso.example"
             *         }
             *       }
             *     ]
             */
            ccRecipients?: {
                emailAddress?: {
                    address?: string | null;
                    name?: string | null;
                } | null;
            }[] | null;
        };
        Defaults: {
            /**
             * @description Whether Microsoft mails the guest. Has no built-in default.
             * @example true
             */
            sendInvitationMessage?: boolean | null;
            /**
             * Format: uri
             * @description Where the guest lands, an https address; the default is My Apps of the tenant.
             * @example https://apps.contoso.example
             */
            inviteRedirectUrl?: string | null;
            /**
             * @description Of Microsoft's mail.
             * @example {
             *       "messageLanguage": "de-DE"
             *     }
             */
            invitedUserMessageInfo?: components["schemas"]["MessageInfo"] | null;
            /**
             * @description Where a new address goes; the default is mail.
             * @example mail
             * @enum {string|null}
             */
            addEmailTo?: "mail" | "otherMails" | "none" | null;
        };
        /**
         * @description How a job stands. The last four never change.
         * @enum {string}
         */
        JobStatus: "queued" | "inProgress" | "paused" | "canceling" | "completed" | "completedWithErrors" | "failed" | "canceled";
        /**
         * @description How a reset stands. `pending` and `sending` are not the end.
         * @enum {string}
         */
        ResetStatus: "pending" | "sending" | "succeeded" | "failed" | "skipped" | "unknown" | "canceled";
        /**
         * @description Why a reset is where it is.
         * @enum {string}
         */
        ResetCode: "reset" | "resetSeenInDirectory" | "wouldReset" | "guestNotFound" | "guestAmbiguous" | "selectorsDisagree" | "guestIncomplete" | "notExternal" | "perhapsFounder" | "directoryRole" | "sameGuestTwice" | "resetRecently" | "pendingRecently" | "stateNotWanted" | "heldByOther" | "noAddress" | "addressNotValid" | "domainNotAllowed" | "emailNotOnUser" | "tooManyAddresses" | "addressTaken" | "proxyAddressConflict" | "addressWantedTwice" | "otherDomain" | "tenantBlocked" | "invitationsNotAllowed" | "blockedByCrossTenantAccess" | "crossCloudDisabled" | "notAuthorized" | "restrictedAdministrativeUnit" | "requestRefused" | "tokenRejected" | "noToken" | "throttled" | "dependencyFailed" | "graphFailed" | "graphUnreachable" | "graphRefusedBatch" | "noAnswer" | "invitationError" | "unexpectedAnswer" | "outcomeUnknown" | "canceled" | "notAfterPassed";
        /**
         * @description Why nothing is sent.
         * @enum {string}
         */
        StopCode: "pausedByHand" | "pauseAfter" | "awaitingApproval" | "refusedRepeatedly" | "unexpectedAnswers" | "tenantBlocked" | "invitationsNotAllowed" | "noToken" | "tokenRejected";
        /**
         * @description Whether the guest has redeemed.
         * @enum {string}
         */
        Redemption: "pending" | "accepted" | "unknown";
        /**
         * @description In one word.
         * @enum {string}
         */
        HealthStatus: "healthy" | "throttled" | "paused" | "stopped" | "unhealthy";
        /**
         * @description What is wrong with a request; stable.
         * @enum {string}
         */
        ProblemCode: "notSignedIn" | "missingRole" | "approverIsSubmitter" | "foreignHost" | "foreignOrigin" | "pathNotFound" | "methodNotAllowed" | "codeNotFound" | "malformedRequest" | "requestNotMatched" | "jobNotFound" | "jobPaused" | "jobEnded" | "jobNotEnded" | "stopChanged" | "nothingToRetry" | "notChecked" | "nothingToCheck" | "unknownParameter" | "repeatedParameter" | "invalidParameter" | "unexpectedBody" | "invalidContinuationToken" | "invalidGuestId" | "guestNotFound" | "guestAmbiguous" | "guestInOpenJobs" | "tooManyLooks" | "graphUnavailable" | "graphRefused" | "invalidIdempotencyKey" | "submissionTooSlow" | "submissionInProgress" | "jobDeleted" | "duplicateSubmission" | "tooManyOpenJobs" | "idempotencyKeyReused" | "internalError" | "temporarilyUnavailable" | "notConfigured" | "authenticationNotConfigured" | "invalidSubmission" | "unsupportedMediaType" | "unsupportedContentEncoding" | "unsupportedCharset" | "bodyTooLarge" | "incompleteBody" | "emptyBody" | "noResets" | "tooManyResets" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "conflictingOption" | "noUserColumn" | "tooManyColumns" | "duplicateColumn" | "misspelledColumn" | "raggedRow" | "incompleteRow" | "unclosedQuote" | "strayQuote" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidUserId" | "invalidUserPrincipalName" | "invalidMail" | "duplicateUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidBoolean" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType";
        /** @description Who did something: an object id, or `service` for the service itself. */
        Actor: {
            id: string;
            name?: string;
        };
        /** @description Who did what. */
        Action: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            action: "submitted" | "stopped" | "paused" | "resumed" | "approved" | "canceled" | "checked" | "retried" | "deleted" | "erased";
            by: components["schemas"]["Actor"];
            /**
             * @description Of a stop that came or was lifted, of a cancel by `notAfter`, or `retention`: the job was as old as jobs are kept.
             * @enum {string}
             */
            code?: "pausedByHand" | "pauseAfter" | "awaitingApproval" | "refusedRepeatedly" | "unexpectedAnswers" | "tenantBlocked" | "invitationsNotAllowed" | "noToken" | "tokenRejected" | "notAfterPassed" | "retention";
            reason?: string;
            /** @description Of a retry, for callers who may see it. */
            newJobId?: string;
        };
        /** @description Why nothing is sent, and what to do about it. */
        Stop: {
            /** @enum {string} */
            scope: "tenant" | "job";
            code: components["schemas"]["StopCode"];
            message: string;
            nextStep: string;
            /** Format: date-time */
            since: string;
            resuming: boolean;
            /** @description Of a pause: the stop that is shown once it is lifted. */
            behind?: components["schemas"]["StopCode"];
            /** @description Of a job that the tenant’s stop holds: its own stop, which holds it as well. */
            own?: components["schemas"]["StopCode"];
        };
        /** @description How many resets have each status. */
        ResetCounts: {
            pending: number;
            sending: number;
            succeeded: number;
            failed: number;
            skipped: number;
            unknown: number;
            canceled: number;
        };
        /** @description A look at who has redeemed, and what it has found so far. */
        RedemptionCheck: {
            /** @enum {string} */
            status: "inProgress" | "completed";
            /** Format: date-time */
            requestedAt: string;
            counts: {
                pending: number;
                accepted: number;
                unknown: number;
            };
            /** Format: date-time */
            endedAt?: string;
        };
        Warning: {
            /** @enum {string} */
            code: "accountDisabled" | "externalMember" | "perhapsFounder" | "alreadyPending" | "namedByOtherAddress" | "internationalDomain" | "redeemedRecently" | "addressAdded" | "redeemUrlTooLong" | "customMessageDropped";
            message: string;
        };
        JobWarning: {
            /** @enum {string} */
            code: "unusedColumns" | "unusedAddressColumn" | "unevenRows" | "customMessageDropped";
            message: string;
        };
        /** @description Options and defaults as they took effect; a single reset may have said something else. */
        JobOptions: {
            skipIfResetWithinHours: number;
            /** @enum {string} */
            onlyIf: "any" | "pending" | "accepted";
            verify: boolean;
            /** @enum {string} */
            addEmailTo: "mail" | "otherMails" | "none";
            /** Format: uri */
            inviteRedirectUrl: string;
            hasCustomizedMessageBody: boolean;
            hasCcRecipient: boolean;
            maxPerMinute?: number;
            changeEmailDomain?: {
                from: string;
                to: string;
            };
            sendInvitationMessage?: boolean;
            messageLanguage?: string;
        };
        Job: {
            id: string;
            status: components["schemas"]["JobStatus"];
            /** @enum {string} */
            lane: "priority" | "bulk";
            options: components["schemas"]["JobOptions"];
            total: number;
            done: number;
            counts: components["schemas"]["ResetCounts"];
            summary: {
                mailed: number;
                emailsAdded: number;
            } | {
                wouldMail: number;
                wouldAddEmail: number;
            };
            /** @description How many resets have ended with each code. In a dry run: how many would end so. */
            byCode: {
                reset?: number;
                resetSeenInDirectory?: number;
                wouldReset?: number;
                guestNotFound?: number;
                guestAmbiguous?: number;
                selectorsDisagree?: number;
                guestIncomplete?: number;
                notExternal?: number;
                perhapsFounder?: number;
                directoryRole?: number;
                sameGuestTwice?: number;
                resetRecently?: number;
                pendingRecently?: number;
                stateNotWanted?: number;
                heldByOther?: number;
                noAddress?: number;
                addressNotValid?: number;
                domainNotAllowed?: number;
                emailNotOnUser?: number;
                tooManyAddresses?: number;
                addressTaken?: number;
                proxyAddressConflict?: number;
                addressWantedTwice?: number;
                otherDomain?: number;
                tenantBlocked?: number;
                invitationsNotAllowed?: number;
                blockedByCrossTenantAccess?: number;
                crossCloudDisabled?: number;
                notAuthorized?: number;
                restrictedAdministrativeUnit?: number;
                requestRefused?: number;
                tokenRejected?: number;
                noToken?: number;
                throttled?: number;
                dependencyFailed?: number;
                graphFailed?: number;
                graphUnreachable?: number;
                graphRefusedBatch?: number;
                noAnswer?: number;
                invitationError?: number;
                unexpectedAnswer?: number;
                outcomeUnknown?: number;
                canceled?: number;
                notAfterPassed?: number;
            };
            /** @description How many resets that have ended bear each warning. */
            byWarning: {
                accountDisabled?: number;
                externalMember?: number;
                perhapsFounder?: number;
                alreadyPending?: number;
                namedByOtherAddress?: number;
                internationalDomain?: number;
                redeemedRecently?: number;
                addressAdded?: number;
                redeemUrlTooLong?: number;
                customMessageDropped?: number;
            };
            /** Format: date-time */
            createdAt: string;
            submittedBy: components["schemas"]["Actor"];
            links: {
                /** Format: uri */
                self: string;
                /** Format: uri */
                completion: string;
                /** Format: uri */
                resets: string;
                /** Format: uri */
                csv: string;
            };
            pausedReason?: components["schemas"]["Stop"];
            /** @description How many rows say something of their own, in place of `options`: `mailed` and `notMailed` of mail, the others by the field. Absent where none does. */
            rowsSay?: {
                mailed?: number;
                notMailed?: number;
                invitedUserEmailAddress?: number;
                addEmailTo?: number;
                messageLanguage?: number;
                inviteRedirectUrl?: number;
                customizedMessageBody?: number;
                ccRecipient?: number;
            };
            dryRun?: boolean;
            retryOf?: string;
            reason?: string;
            canceled?: {
                /** Format: date-time */
                requestedAt: string;
                by: string;
                /** @enum {string} */
                code?: "notAfterPassed";
            };
            check?: components["schemas"]["RedemptionCheck"];
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** Format: date-time */
            notBefore?: string;
            /** Format: date-time */
            notAfter?: string;
            /** @description Who did what to the job, in order; at most the first and the newest 49. */
            actions?: components["schemas"]["Action"][];
            /** @description How many came in between; the audit has them. */
            actionsOmitted?: number;
            pauseAfter?: number;
            /** @description Who approved the job, where it had to be. */
            approval?: {
                by: components["schemas"]["Actor"];
                /** Format: date-time */
                at: string;
            };
            /** Format: date-time */
            throttledUntil?: string;
            /** Format: date-time */
            estimatedCompletion?: string;
            warnings?: components["schemas"]["JobWarning"][];
            /** @description Only in jobs of at most 20 resets, where one job is asked for. */
            resets?: components["schemas"]["Reset"][];
        };
        JobRate: {
            /**
             * Format: date-time
             * @description When the job began to be sent; before that, when it was submitted.
             */
            from: string;
            /**
             * Format: date-time
             * @description When it ended, or now.
             */
            to: string;
            intervalSeconds: number;
            /** @description Resets a second that the settings and the limit of Graph allow the job, or it itself; of a dry run, look-ups. */
            limitPerSecond: number;
            /** @description One for each interval, the first and the last cut by `from` and `to`. */
            points: {
                /**
                 * Format: date-time
                 * @description The beginning of the interval.
                 */
                at: string;
                ended: number;
                /** @description For how many guests an invitation was sent (last) in the interval: of `limitPerSecond` only these count. Some of them may not have ended. Absent where an older build has not written it. */
                sent?: number;
                /** @description Graph had asked to wait, in some of the interval at least. */
                waiting?: boolean;
            }[];
            /** @description Resets that have ended and are in none of the points: an older build has written of them without the time. Where that is all of them there are no points. */
            untimed?: number;
        };
        Reset: {
            row: number;
            user: string;
            status: components["schemas"]["ResetStatus"];
            attempts: number;
            reference?: string;
            /** @description What the submission says of the guest beside `user`, as it was written: nobody has looked whether it is so. */
            submittedAs?: {
                userPrincipalName?: string;
                mail?: string;
                displayName?: string;
            };
            guestId?: string;
            code?: components["schemas"]["ResetCode"];
            message?: string;
            nextStep?: string;
            retryable?: boolean;
            warnings?: components["schemas"]["Warning"][];
            /** @description The guest was erased: nothing is left of who that was. */
            erased?: boolean;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** Format: date-time */
            nextTryAt?: string;
            graphRequestId?: string;
            invitationId?: string;
            /** @enum {string} */
            mail?: "microsoft" | "none";
            mailTo?: string;
            messageLanguage?: string;
            /** @enum {string} */
            verification?: "verified" | "notSeen" | "notPossible";
            redemption?: components["schemas"]["Redemption"];
            /** Format: date-time */
            checkedAt?: string;
            /** @description Only in a dry run. */
            would?: {
                /** @enum {string} */
                mail: "microsoft" | "none";
                mailTo?: string;
                addEmail?: string;
                messageLanguage?: string;
            };
            /** @description The job that has reset the guest at `resetAt`, or is doing so; its id, and whether it is deleted, only for callers who may see it. */
            otherJob?: {
                id?: string;
                deleted?: boolean;
                /** Format: date-time */
                resetAt?: string;
            };
            userPrincipalNameBefore?: string;
            userPrincipalNameAfter?: string;
            mailBefore?: string;
            mailAfter?: string;
            /**
             * Format: uri
             * @description A secret: whoever holds it can start the redemption. Only where no mail was sent, and only for whoever has submitted the job.
             */
            inviteRedeemUrl?: string;
        };
        /** @description One reset in the history of a guest; while its job is there, with all members of a Reset. */
        PastReset: {
            jobId: string;
            row: number;
            /** Format: date-time */
            triedAt: string;
            /** @description Then neither addresses are kept, nor what Graph said. */
            jobDeleted?: boolean;
            submittedBy?: components["schemas"]["Actor"];
            reason?: string;
            /** @description Who did what to the job, as far as it concerns this guest. */
            actions?: components["schemas"]["Action"][];
            user?: string;
            status?: components["schemas"]["ResetStatus"];
            attempts?: number;
            reference?: string;
            /** @description What the submission says of the guest beside `user`, as it was written: nobody has looked whether it is so. */
            submittedAs?: {
                userPrincipalName?: string;
                mail?: string;
                displayName?: string;
            };
            guestId?: string;
            code?: components["schemas"]["ResetCode"];
            message?: string;
            nextStep?: string;
            retryable?: boolean;
            warnings?: components["schemas"]["Warning"][];
            /** @description The guest was erased: nothing is left of who that was. */
            erased?: boolean;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** Format: date-time */
            nextTryAt?: string;
            graphRequestId?: string;
            invitationId?: string;
            /** @enum {string} */
            mail?: "microsoft" | "none";
            mailTo?: string;
            messageLanguage?: string;
            /** @enum {string} */
            verification?: "verified" | "notSeen" | "notPossible";
            redemption?: components["schemas"]["Redemption"];
            /** Format: date-time */
            checkedAt?: string;
            /** @description Only in a dry run. */
            would?: {
                /** @enum {string} */
                mail: "microsoft" | "none";
                mailTo?: string;
                addEmail?: string;
                messageLanguage?: string;
            };
            /** @description The job that has reset the guest at `resetAt`, or is doing so; its id, and whether it is deleted, only for callers who may see it. */
            otherJob?: {
                id?: string;
                deleted?: boolean;
                /** Format: date-time */
                resetAt?: string;
            };
            userPrincipalNameBefore?: string;
            userPrincipalNameAfter?: string;
            mailBefore?: string;
            mailAfter?: string;
            /**
             * Format: uri
             * @description A secret: whoever holds it can start the redemption. Only where no mail was sent, and only for whoever has submitted the job.
             */
            inviteRedeemUrl?: string;
        };
        AuditEntry: {
            /** @enum {string} */
            of: "job" | "tenant" | "guest";
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            action: "submitted" | "stopped" | "paused" | "resumed" | "approved" | "canceled" | "checked" | "retried" | "deleted" | "erased";
            by: components["schemas"]["Actor"];
            jobId?: string;
            /**
             * @description Of a stop that came or was lifted, of a cancel by `notAfter`, or `retention`: the job was as old as jobs are kept.
             * @enum {string}
             */
            code?: "pausedByHand" | "pauseAfter" | "awaitingApproval" | "refusedRepeatedly" | "unexpectedAnswers" | "tenantBlocked" | "invitationsNotAllowed" | "noToken" | "tokenRejected" | "notAfterPassed" | "retention";
            reason?: string;
            /** @description Of a retry, for callers who may see it. */
            newJobId?: string;
            /** @description Resets of the job. */
            total?: number;
            /** @description Whether the job only rehearses. Absent where an older version has written of it. */
            dryRun?: boolean;
            /** @description Of a deletion: how they had ended. */
            counts?: components["schemas"]["ResetCounts"];
        };
        Guest: {
            id: string;
            /**
             * Format: date-time
             * @description When the directory said so.
             */
            readAt: string;
            resettable: boolean;
            userPrincipalName?: string;
            mail?: string;
            otherMails?: string[];
            displayName?: string;
            userType?: string;
            externalUserState?: string;
            /** Format: date-time */
            externalUserStateChangeDateTime?: string;
            accountEnabled?: boolean;
            /** Format: date-time */
            createdDateTime?: string;
            /** @description Why the guest would not be reset; with `message` and `nextStep`. */
            code?: components["schemas"]["ResetCode"];
            message?: string;
            nextStep?: string;
            warnings?: components["schemas"]["Warning"][];
        };
        Erasure: {
            /** @enum {string} */
            status: "erased" | "erasing";
            erased: {
                /** @description Of the guest. */
                resets: number;
                /** @description That had any, or named the guest otherwise. */
                jobs: number;
                /** @description Other rows that named the guest. */
                texts: number;
                /** @description The guest's own: history, and who resets them now. */
                rows: number;
            };
            kept: string[];
            lost: string[];
        };
        AuditPage: {
            value: components["schemas"]["AuditEntry"][];
            /**
             * Format: uri
             * @description The next page, as it stands: a whole address. Absent on the last one. Where a client wants parameters instead, it has what `continuationToken` takes.
             */
            nextLink?: string;
        };
        JobPage: {
            value: components["schemas"]["Job"][];
            /**
             * Format: uri
             * @description The next page, as it stands: a whole address. Absent on the last one. Where a client wants parameters instead, it has what `continuationToken` takes.
             */
            nextLink?: string;
        };
        ResetPage: {
            value: components["schemas"]["Reset"][];
            /**
             * Format: uri
             * @description The next page, as it stands: a whole address. Absent on the last one. Where a client wants parameters instead, it has what `continuationToken` takes.
             */
            nextLink?: string;
        };
        HistoryPage: {
            value: components["schemas"]["PastReset"][];
            /**
             * Format: uri
             * @description The next page, as it stands: a whole address. Absent on the last one. Where a client wants parameters instead, it has what `continuationToken` takes.
             */
            nextLink?: string;
        };
        Gate: {
            /** @enum {string} */
            status: "running" | "paused" | "resuming";
            /** @enum {string} */
            scope?: "tenant" | "job";
            code?: components["schemas"]["StopCode"];
            message?: string;
            nextStep?: string;
            /** Format: date-time */
            since?: string;
            resuming?: boolean;
            /** @description Of a pause: the stop that is shown once it is lifted. */
            behind?: components["schemas"]["StopCode"];
            /** @description Of a job that the tenant’s stop holds: its own stop, which holds it as well. */
            own?: components["schemas"]["StopCode"];
        };
        Me: {
            id: string;
            roles: ("Submit" | "Read" | "Manage")[];
            name?: string;
        };
        Tenant: {
            /** @enum {string} */
            status: "running" | "paused" | "resuming";
            /** @description How fast the resets of all jobs together go. */
            pace: {
                /** @description Resets a second, at most, now; 0 while nothing is sent but for a trial. */
                perSecond: number;
                /** @description The same as the settings and the limit of Graph allow. */
                limitPerSecond: number;
                /**
                 * Format: date-time
                 * @description Graph has asked to wait.
                 */
                throttledUntil?: string;
                /**
                 * Format: date-time
                 * @description What Graph asked for, where that is longer than counts.
                 */
                askedToWaitUntil?: string;
                /**
                 * Format: date-time
                 * @description After throttling: when resets go as fast as before.
                 */
                fullRateAt?: string;
                /** @description The last time that Graph asked to wait, as far as it is known; one with those that came before its end. */
                lastWait?: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    until: string;
                };
                note?: string;
                /** @description Where a day has a cap: invitations of the last 24 hours, sent or only paid for. */
                lastDay?: {
                    invitations: number;
                    limit: number;
                    /**
                     * Format: date-time
                     * @description Nothing is left until then.
                     */
                    moreAt?: string;
                };
            };
            /** @enum {string} */
            scope?: "tenant" | "job";
            code?: components["schemas"]["StopCode"];
            message?: string;
            nextStep?: string;
            /** Format: date-time */
            since?: string;
            resuming?: boolean;
            /** @description Of a pause: the stop that is shown once it is lifted. */
            behind?: components["schemas"]["StopCode"];
            /** @description Of a job that the tenant’s stop holds: its own stop, which holds it as well. */
            own?: components["schemas"]["StopCode"];
        };
        Root: {
            name: string;
            version: string;
            links: {
                /** Format: uri-reference */
                openapi: string;
                /** Format: uri-reference */
                openapiV2: string;
                /** Format: uri-reference */
                health: string;
                /** Format: uri-reference */
                diagnostics: string;
                /** Format: uri-reference */
                problems: string;
                /** Format: uri-reference */
                jobs: string;
                /** Format: uri-reference */
                tenant: string;
                /** Format: uri-reference */
                me: string;
            };
        };
        ConsoleConfig: {
            /** @enum {string} */
            signIn: "none" | "entra";
            /** @description More rows than this no submission may have. */
            maxResetsPerJob: number;
            /** @description Nor more bytes. */
            maxBodyBytes: number;
            clientId?: string;
            authority?: string;
            scope?: string;
            knownAuthorities?: string[];
            authorityMetadata?: string;
            /** @enum {string} */
            protocolMode?: "OIDC";
            /** @description What is done where neither a reset nor its job says it. */
            defaultSendInvitationMessage?: boolean;
            /** @description A job of more resets waits until somebody else approves it. */
            holdJobsAbove?: number;
        };
        Health: {
            status: components["schemas"]["HealthStatus"];
        };
        Diagnostics: {
            status: components["schemas"]["HealthStatus"];
            /**
             * Format: date-time
             * @description What was found then is answered for a minute.
             */
            checkedAt: string;
            checks: {
                /** @enum {string} */
                name: "configuration" | "tables" | "serviceBus" | "graph" | "roles" | "gate" | "deadLetters";
                ok: boolean;
                /** @enum {string} */
                standing?: "healthy" | "throttled" | "paused" | "stopped";
                milliseconds?: number;
                problem?: string;
                note?: string;
            }[];
        };
        /** @description What is wrong with a request, and what to do (RFC 9457). `code` is stable. */
        Problem: {
            /**
             * Format: uri-reference
             * @description The address of a page that explains the code.
             */
            type: string;
            title: string;
            status: number;
            detail: string;
            code: components["schemas"]["ProblemCode"];
            traceId: string;
            /** @description How many there are in all. */
            errorCount?: number;
            errors?: components["schemas"]["RowProblem"][];
            /** @description Of `jobPaused`: the job that is. */
            job?: {
                id: string;
                url: string;
            };
            /** @description Of `duplicateSubmission`: the job of the same content. */
            earlierJob?: {
                id: string;
                url: string;
            };
        };
        RowProblem: {
            code: components["schemas"]["ProblemCode"];
            message: string;
            row?: number;
            line?: number;
            field?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Where to ask for the end.
         * @example https://resets.example/api/jobs/7ybr1z9vj7e0mzpqmbtznnz118/completion
         */
        Location: string;
        /**
         * @description Where it is.
         * @example /api/diagnostics
         */
        MovedTo: string;
        /**
         * @description Seconds after which asking again makes sense.
         * @example 5
         */
        RetryAfter: number;
        /**
         * @description Seconds after which to look again, while the job has not ended.
         * @example 5
         */
        RetryAfterWhileOpen: number;
        /**
         * @description Seconds after which asking again makes sense; absent where the answer would be the same.
         * @example 5
         */
        RetryAfterIfOfUse: number;
        /**
         * @description `true` where the job is that of an earlier request with the same Idempotency-Key.
         * @example true
         */
        IdempotencyReplayed: "true";
        /**
         * @description Answers may hold addresses and secrets: nothing on the way keeps them.
         * @example no-store
         */
        CacheControl: string;
        /**
         * @description Of a page that is the same for everybody.
         * @example public, max-age=3600
         */
        KeptAWhile: string;
        /**
         * @description The page loads and runs nothing.
         * @example default-src 'none'
         */
        ContentSecurityPolicy: string;
        /**
         * @description The page is what its content type says.
         * @example nosniff
         */
        NoSniff: "nosniff";
        /**
         * @description Its links tell nobody where they come from.
         * @example no-referrer
         */
        ReferrerPolicy: "no-referrer";
        /**
         * @description How long the service was ready to wait.
         * @example wait=30
         */
        PreferenceApplied: string;
        /**
         * @description A name for the file; only of CSV and NDJSON.
         * @example attachment; filename="resets-7ybr1z9vj7e0mzpqmbtznnz118.csv"
         */
        ContentDisposition: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listJobs: {
        parameters: {
            query?: {
                /** @description Only jobs that are shown with one of these, with commas between. */
                status?: string;
                /** @description Only dry runs, or only others. */
                dryRun?: boolean;
                /** @description Only jobs made then or later. */
                createdAfter?: string;
                /** @description Only jobs made earlier than that. */
                createdBefore?: string;
                /** @description Only retries of this job. */
                retryOf?: string;
                /** @description Only jobs of this caller, by object id. */
                submittedBy?: string;
                /** @description Items of one page. */
                pageSize?: number;
                /** @description From the nextLink of the page before. */
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `invalidContinuationToken`: `continuationToken` does not come from a page of this list.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    submitJob: {
        parameters: {
            query?: {
                /** @description Gives bad CSV rows back as CSV with a column `problem`. */
                format?: "csv";
                /** @description Of more than 20 resets: whether a second job is made where one of the last hour, open or completed, has the same. Default: only with an Idempotency-Key. */
                allowDuplicate?: boolean;
                /** @description Whether the completion answers 202, not 409, while the tenant or the job is paused. */
                waitWhilePaused?: boolean;
                /** @description Why; shown with the job. */
                reason?: string;
                /** @description Nothing is sent before this time. */
                notBefore?: string;
                /** @description Nothing is sent from this time on: what is pending then is canceled. */
                notAfter?: string;
                /** @description After so many resets the job stops by itself, until it is resumed. */
                pauseAfter?: number;
                /** @description Looks everything up, decides, and sends nothing. */
                dryRun?: boolean;
                /** @description False: successes are not looked at once more, a minute later. The default is true. */
                verify?: boolean;
                /** @description At most so many resets of this job in any minute. */
                maxPerMinute?: number;
                /** @description A guest reset within so many hours before the submission, or since, is skipped. The default is 24. */
                skipIfResetWithinHours?: number;
                /** @description Whom to reset: guests in this state of invitation; others are skipped. The default is any. */
                onlyIf?: "any" | "pending" | "accepted";
                /** @description Whether Microsoft mails the guest. Has no built-in default. */
                sendInvitationMessage?: boolean;
                /** @description Where a new address goes; the default is mail. */
                addEmailTo?: "mail" | "otherMails" | "none";
                /** @description Language of Microsoft's mail, a tag of BCP 47. */
                messageLanguage?: string;
                /** @description A message for the guest. Microsoft leaves it out of the service's mails. */
                customizedMessageBody?: string;
                /** @description Where the guest lands, an https address; the default is My Apps of the tenant. */
                inviteRedirectUrl?: string;
                /** @description Each new address is derived from the guest's mail: a partner has a new domain. */
                changeEmailDomain?: string;
            };
            header?: {
                /**
                 * @description The same key and body give the same job.
                 * @example leaver-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description `wait=30` waits so many seconds for the end, at most 100.
                 * @example wait=30
                 */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Submission"];
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description It has ended while the caller waited. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job is promised; Location answers 202 until it has ended. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description With `format=csv` the bad rows of a CSV.
             *     - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `invalidSubmission`: Rows or options are wrong; `errors` lists the first 100, `errorCount` says how many there are.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `emptyBody`: No text came with the request, or only blanks.
             *     - `noResets`: The body names no guest.
             *     - `tooManyResets`: The body has more resets than one job takes: `MAX_RESETS_PER_JOB`.
             *     - `invalidJson`: The text breaks the rules of JSON at the place named.
             *     - `invalidEncoding`: A line or a field holds what is not text in the expected encoding, or text already damaged by an earlier conversion.
             *     - `duplicateMember`: An object of the JSON has the same member twice, so one would be lost.
             *     - `missingSendInvitationMessage`: `sendInvitationMessage` has no built-in default, and rows do not say it.
             *     - `unknownOption`: The name is not an option of a job. Options are told apart by case.
             *     - `invalidOption`: The value has the wrong type, is out of range, or does not go with another option, as a `notAfter` that is over.
             *     - `conflictingOption`: Query, body and `defaults` disagree, or a retry of a dry run says that it shall be none.
             *     - `noUserColumn`: The header has none of `user`, `id`, `userPrincipalName`, `mail`, `invitedUserEmailAddress`.
             *     - `tooManyColumns`: The header has more columns than this service reads.
             *     - `duplicateColumn`: Two columns mean the same field, and this row says something else in each.
             *     - `misspelledColumn`: The name differs from a known column by a letter or two.
             *     - `raggedRow`: The row has more cells than the header, and not only empty ones.
             *     - `incompleteRow`: The last row has fewer cells than the header and no line end, as that of a file which was cut off.
             *     - `unclosedQuote`: A cell begins with a quote that never ends; reading stopped there.
             *     - `strayQuote`: A quote stands inside a cell without quotes, or text follows a closing quote; reading stopped there.
             *     - `missingUser`: The row has no object id, UPN or address.
             *     - `ambiguousUser`: Both `user` and `invitedUser` are given, or two object ids that differ.
             *     - `invalidUser`: `user` is neither an object id, nor a UPN with `#EXT#`, nor a mail address.
             *     - `invalidUserId`: It must look like `00000000-0000-0000-0000-000000000000`.
             *     - `invalidUserPrincipalName`: It must look like `name_partner.example#EXT#@tenant.example`.
             *     - `invalidMail`: It must look like `name@partner.example`.
             *     - `duplicateUser`: An earlier row, which `message` names, names the same guest.
             *     - `invalidEmailAddress`: `invitedUserEmailAddress` must look like `name@partner.example`: at most 64 characters before the `@`, no `.`, `-` or `'` first or last there, no two periods in a row; behind it a domain, no IP address.
             *     - `forbiddenCharacter`: Before the `@` of `invitedUserEmailAddress` the invitation service takes letters and digits of ASCII and `. _ - '`, so no `+`, no `é`, no typographic apostrophe.
             *     - `invalidCcRecipient`: It must look like `name@partner.example`.
             *     - `tooManyCcRecipients`: The invitation service takes one.
             *     - `invalidLanguage`: `messageLanguage` must be a tag of BCP 47 such as `de` or `en-US`, no name of a language.
             *     - `invalidRedirectUrl`: `inviteRedirectUrl` must be absolute and begin with `https://`.
             *     - `invalidBoolean`: Cells take `1`, `0`, `true`, `false`, in any case; no other words.
             *     - `invalidAddEmailTo`: It must be `mail`, `otherMails` or `none`.
             *     - `resetRedemptionFalse`: `resetRedemption` is false; this service only resets.
             *     - `userTypeNotAvailable`: `invitedUserType` is not `Guest`; a reset does not change the type of a user.
             *     - `fieldTooLong`: The field has more characters than `message` allows.
             *     - `rowTooLong`: All fields of the row together have more characters than `message` allows. Where a row has no end, nothing after it is read.
             *     - `unknownField`: The entry has a member that is not part of a reset.
             *     - `wrongType`: A value is of another kind than its member takes: a number where text is expected, a list where an object is.
             *     - `invalidIdempotencyKey`: It is empty or longer than 255 characters.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "incompleteBody" | "emptyBody" | "noResets" | "tooManyResets" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "conflictingOption" | "noUserColumn" | "tooManyColumns" | "duplicateColumn" | "misspelledColumn" | "raggedRow" | "incompleteRow" | "unclosedQuote" | "strayQuote" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidUserId" | "invalidUserPrincipalName" | "invalidMail" | "duplicateUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidBoolean" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "unsupportedMediaType" | "unsupportedContentEncoding" | "unsupportedCharset" | "bodyTooLarge" | "incompleteBody" | "emptyBody" | "noResets" | "tooManyResets" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "conflictingOption" | "noUserColumn" | "tooManyColumns" | "duplicateColumn" | "misspelledColumn" | "raggedRow" | "incompleteRow" | "unclosedQuote" | "strayQuote" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidUserId" | "invalidUserPrincipalName" | "invalidMail" | "duplicateUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidBoolean" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /**
             * @description - `submissionInProgress`: Another request with the same `Idempotency-Key` has not ended, or has broken off a short while ago. Nothing of this one was queued.
             *     - `jobDeleted`: The `Idempotency-Key` belongs to a job that is no longer stored. Nothing was queued.
             *     - `duplicateSubmission`: An earlier job of the caller, `earlierJob`, has the same more than 20 resets and options, and is open or has completed. Nothing of this one was queued.
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterIfOfUse"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "submissionInProgress" | "jobDeleted" | "duplicateSubmission";
                    };
                };
            };
            /**
             * @description Without a body where the platform refuses by itself what is over its own limit.
             *     - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does.
             */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "unsupportedMediaType" | "unsupportedContentEncoding" | "unsupportedCharset" | "bodyTooLarge" | "incompleteBody" | "emptyBody" | "noResets" | "tooManyResets" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "conflictingOption" | "noUserColumn" | "tooManyColumns" | "duplicateColumn" | "misspelledColumn" | "raggedRow" | "incompleteRow" | "unclosedQuote" | "strayQuote" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidUserId" | "invalidUserPrincipalName" | "invalidMail" | "duplicateUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidBoolean" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /**
             * @description - `unsupportedMediaType`: `Content-Type` does not say JSON, NDJSON or CSV.
             *     - `unsupportedContentEncoding`: `Content-Encoding` says something other than `identity`, or the first bytes are those of gzip, zstd or ZIP (as an .xlsx has).
             *     - `unsupportedCharset`: The `charset` of `Content-Type` is not one this service reads.
             */
            415: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 415;
                        /** @enum {string} */
                        code: "unsupportedMediaType" | "unsupportedContentEncoding" | "unsupportedCharset";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "unsupportedMediaType" | "unsupportedContentEncoding" | "unsupportedCharset" | "bodyTooLarge" | "incompleteBody" | "emptyBody" | "noResets" | "tooManyResets" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "conflictingOption" | "noUserColumn" | "tooManyColumns" | "duplicateColumn" | "misspelledColumn" | "raggedRow" | "incompleteRow" | "unclosedQuote" | "strayQuote" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidUserId" | "invalidUserPrincipalName" | "invalidMail" | "duplicateUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidBoolean" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `idempotencyKeyReused`: The `Idempotency-Key` came before with another body, `Content-Type` or options, be it by a byte. Nothing was queued. */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 422;
                        /** @enum {string} */
                        code: "idempotencyKeyReused";
                    };
                };
            };
            /** @description - `tooManyOpenJobs`: As many jobs of the caller as `MAX_OPEN_JOBS_PER_CALLER` have not ended, dry runs and paused ones among them. Nothing was queued. */
            429: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 429;
                        /** @enum {string} */
                        code: "tooManyOpenJobs";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterWhileOpen"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is being deleted. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /** @description - `jobNotEnded`: Only an ended job can be retried, checked or deleted. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "jobNotEnded";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    getJobCompletion: {
        parameters: {
            query?: {
                /** @description Whether the completion answers 202, not 409, while the tenant or the job is paused. */
                waitWhilePaused?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job has ended. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Not yet; ask Location again after Retry-After. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `jobPaused`: Answer of `completion`: nothing is sent until somebody resumes; `detail` says what is paused, why, and how to resume. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "jobPaused";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    getJobRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many resets ended in each interval. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterWhileOpen"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRate"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    listResets: {
        parameters: {
            query?: {
                /** @description Only resets with one of these, with commas between. */
                status?: string;
                /** @description Only resets with one of these, with commas between. */
                code?: string;
                /** @description Only these, of the last check. */
                redemption?: "pending" | "accepted" | "unknown";
                /** @description Default by Accept, else json. */
                format?: "json" | "csv" | "ndjson";
                /** @description Only resets from this row on; the first one is 1. Not beside a continuationToken. */
                from?: number;
                /** @description Items of one page; only of JSON. */
                pageSize?: number;
                /** @description From the nextLink of the page before. */
                continuationToken?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resets. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResetPage"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `invalidContinuationToken`: `continuationToken` does not come from a page of this list.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `notChecked`: The filter `redemption` asks for what a check found, and the job has not been checked. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "notChecked";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job is canceling; Location answers 202 until it has ended. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /** @description - `jobEnded`: An ended job can be neither canceled nor paused. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "jobEnded";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    retryJob: {
        parameters: {
            query?: {
                /** @description Resets that ended so. Default: canceled, and failed where trying again can help. */
                status?: string;
                /** @description Of these only resets with one of the codes, with commas between. */
                code?: string;
                /** @description Of more than 20 resets: whether a second job is made where one of the last hour, open or completed, has the same. Default: only with an Idempotency-Key. */
                allowDuplicate?: boolean;
                /** @description Whether the completion answers 202, not 409, while the tenant or the job is paused. */
                waitWhilePaused?: boolean;
                /** @description Looks everything up, decides, and sends nothing. */
                dryRun?: boolean;
                /** @description After so many resets the job stops by itself, until it is resumed. */
                pauseAfter?: number;
                /** @description Why; shown with the job. */
                reason?: string;
                /** @description Nothing is sent before this time. */
                notBefore?: string;
                /** @description Nothing is sent from this time on: what is pending then is canceled. */
                notAfter?: string;
                /** @description At most so many resets of this job in any minute. */
                maxPerMinute?: number;
                /** @description Whether Microsoft mails the guest. Has no built-in default. */
                sendInvitationMessage?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body give the same job.
                 * @example leaver-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description `wait=30` waits so many seconds for the end, at most 100.
                 * @example wait=30
                 */
                Prefer?: string;
            };
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryBody"];
            };
        };
        responses: {
            /** @description It has ended while the caller waited. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The new job is promised; Location answers 202 until it has ended. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `invalidSubmission`: Rows or options are wrong; `errors` lists the first 100, `errorCount` says how many there are.
             *     - `invalidJson`: The text breaks the rules of JSON at the place named.
             *     - `invalidEncoding`: A line or a field holds what is not text in the expected encoding, or text already damaged by an earlier conversion.
             *     - `duplicateMember`: An object of the JSON has the same member twice, so one would be lost.
             *     - `unknownOption`: The name is not an option of a job. Options are told apart by case.
             *     - `invalidOption`: The value has the wrong type, is out of range, or does not go with another option, as a `notAfter` that is over.
             *     - `conflictingOption`: Query, body and `defaults` disagree, or a retry of a dry run says that it shall be none.
             *     - `fieldTooLong`: The field has more characters than `message` allows.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `invalidIdempotencyKey`: It is empty or longer than 255 characters.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "invalidSubmission" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "unknownOption" | "invalidOption" | "conflictingOption" | "fieldTooLong" | "incompleteBody" | "invalidIdempotencyKey";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "invalidSubmission" | "unsupportedContentEncoding" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "unknownOption" | "invalidOption" | "conflictingOption" | "fieldTooLong" | "bodyTooLarge" | "incompleteBody" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /**
             * @description - `submissionInProgress`: Another request with the same `Idempotency-Key` has not ended, or has broken off a short while ago. Nothing of this one was queued.
             *     - `jobDeleted`: The `Idempotency-Key` belongs to a job that is no longer stored. Nothing was queued.
             *     - `duplicateSubmission`: An earlier job of the caller, `earlierJob`, has the same more than 20 resets and options, and is open or has completed. Nothing of this one was queued.
             *     - `jobNotEnded`: Only an ended job can be retried, checked or deleted.
             *     - `nothingToRetry`: No reset of the job has one of the statuses that were named. Where none was named: no reset was canceled, or failed in a way that the same again can help (`retryable`).
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterIfOfUse"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "submissionInProgress" | "jobDeleted" | "duplicateSubmission" | "jobNotEnded" | "nothingToRetry";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "invalidSubmission" | "unsupportedContentEncoding" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "unknownOption" | "invalidOption" | "conflictingOption" | "fieldTooLong" | "bodyTooLarge" | "incompleteBody" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `unsupportedContentEncoding`: `Content-Encoding` says something other than `identity`, or the first bytes are those of gzip, zstd or ZIP (as an .xlsx has). */
            415: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 415;
                        /** @enum {string} */
                        code: "unsupportedContentEncoding";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "invalidSubmission" | "unsupportedContentEncoding" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "unknownOption" | "invalidOption" | "conflictingOption" | "fieldTooLong" | "bodyTooLarge" | "incompleteBody" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `idempotencyKeyReused`: The `Idempotency-Key` came before with another body, `Content-Type` or options, be it by a byte. Nothing was queued. */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 422;
                        /** @enum {string} */
                        code: "idempotencyKeyReused";
                    };
                };
            };
            /** @description - `tooManyOpenJobs`: As many jobs of the caller as `MAX_OPEN_JOBS_PER_CALLER` have not ended, dry runs and paused ones among them. Nothing was queued. */
            429: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 429;
                        /** @enum {string} */
                        code: "tooManyOpenJobs";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    checkJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The check is on its way. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /**
             * @description - `jobNotEnded`: Only an ended job can be retried, checked or deleted.
             *     - `nothingToCheck`: The job has reset nobody: all failed, were skipped or canceled, or it was a dry run.
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterIfOfUse"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "jobNotEnded" | "nothingToCheck";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    pauseJob: {
        parameters: {
            query?: {
                /** @description Shown to everybody who waits. */
                reason?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /** @description - `jobEnded`: An ended job can be neither canceled nor paused. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "jobEnded";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    resumeJob: {
        parameters: {
            query?: {
                /** @description The code of the stop that was seen: no other is lifted, however often the request is sent. */
                stop?: "pausedByHand" | "pauseAfter" | "awaitingApproval" | "refusedRepeatedly" | "unexpectedAnswers" | "tenantBlocked" | "invitationsNotAllowed" | "noToken" | "tokenRejected";
            };
            header?: never;
            path: {
                /**
                 * @description Id of the job.
                 * @example 7ybr1z9vj7e0mzpqmbtznnz118
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             *     - `approverIsSubmitter`: The job awaits approval (`HOLD_JOBS_ABOVE`), and the caller has submitted it. Nothing was lifted.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole" | "approverIsSubmitter";
                    };
                };
            };
            /** @description - `jobNotFound`: No job has this id, or it is not yours to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "jobNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /** @description - `stopChanged`: `stop` named the stop that was seen, and another one is shown now: the one that was seen is lifted already, or somebody has paused since. Nothing was lifted. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "stopChanged";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    getGuest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The guest: object id, UPN or mail, percent-encoded.
                 * @example 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1
                 */
                guestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The guest. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Guest"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `invalidGuestId`: The path names the guest neither by object id, nor by UPN with `#EXT#`, nor by mail.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter" | "invalidGuestId";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "invalidGuestId";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `guestNotFound`: The directory has no user with this object id, UPN or mail. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "guestNotFound";
                    };
                };
            };
            /** @description - `guestAmbiguous`: The mail belongs to more than one user; `detail` names them. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "guestAmbiguous";
                    };
                };
            };
            /** @description - `tooManyLooks`: More people look at guests than jobs leave room for: twenty at once, or one a second, of the whole tenant. What was looked at within five seconds costs nothing. */
            429: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 429;
                        /** @enum {string} */
                        code: "tooManyLooks";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `graphRefused`: Graph does not let the service look the guest up: mostly a permission of its identity is missing. */
            502: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 502;
                        /** @enum {string} */
                        code: "graphRefused";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             *     - `graphUnavailable`: Graph did not answer, failed, or asked to wait, so the guest could not be looked up.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable" | "graphUnavailable";
                    };
                };
            };
        };
    };
    listGuestResets: {
        parameters: {
            query?: {
                /** @description Items of one page. */
                pageSize?: number;
                /** @description From the nextLink of the page before. */
                continuationToken?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The guest: object id, UPN or mail, percent-encoded.
                 * @example 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1
                 */
                guestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of resets, each with its job, who submitted that and why. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `invalidContinuationToken`: `continuationToken` does not come from a page of this list.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `invalidGuestId`: The path names the guest neither by object id, nor by UPN with `#EXT#`, nor by mail.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter" | "invalidGuestId";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter" | "invalidGuestId";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `guestNotFound`: The directory has no user with this object id, UPN or mail. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "guestNotFound";
                    };
                };
            };
            /** @description - `guestAmbiguous`: The mail belongs to more than one user; `detail` names them. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "guestAmbiguous";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `graphRefused`: Graph does not let the service look the guest up: mostly a permission of its identity is missing. */
            502: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 502;
                        /** @enum {string} */
                        code: "graphRefused";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             *     - `graphUnavailable`: Graph did not answer, failed, or asked to wait, so the guest could not be looked up.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable" | "graphUnavailable";
                    };
                };
            };
        };
    };
    resetGuest: {
        parameters: {
            query?: {
                /** @description Whether the completion answers 202, not 409, while the tenant or the job is paused. */
                waitWhilePaused?: boolean;
                /** @description Why; shown with the job. */
                reason?: string;
                /** @description Nothing is sent before this time. */
                notBefore?: string;
                /** @description Nothing is sent from this time on: what is pending then is canceled. */
                notAfter?: string;
                /** @description After so many resets the job stops by itself, until it is resumed. */
                pauseAfter?: number;
                /** @description Looks everything up, decides, and sends nothing. */
                dryRun?: boolean;
                /** @description False: successes are not looked at once more, a minute later. The default is true. */
                verify?: boolean;
                /** @description At most so many resets of this job in any minute. */
                maxPerMinute?: number;
                /** @description A guest reset within so many hours before the submission, or since, is skipped. The default is 24. */
                skipIfResetWithinHours?: number;
                /** @description Whom to reset: guests in this state of invitation; others are skipped. The default is any. */
                onlyIf?: "any" | "pending" | "accepted";
                /** @description Whether Microsoft mails the guest. Has no built-in default. */
                sendInvitationMessage?: boolean;
                /** @description Where a new address goes; the default is mail. */
                addEmailTo?: "mail" | "otherMails" | "none";
                /** @description Language of Microsoft's mail, a tag of BCP 47. */
                messageLanguage?: string;
                /** @description A message for the guest. Microsoft leaves it out of the service's mails. */
                customizedMessageBody?: string;
                /** @description Where the guest lands, an https address; the default is My Apps of the tenant. */
                inviteRedirectUrl?: string;
                /** @description Each new address is derived from the guest's mail: a partner has a new domain. */
                changeEmailDomain?: string;
            };
            header?: {
                /**
                 * @description The same key and body give the same job.
                 * @example leaver-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description `wait=30` waits so many seconds for the end, at most 100.
                 * @example wait=30
                 */
                Prefer?: string;
            };
            path: {
                /**
                 * @description The guest: object id, UPN or mail, percent-encoded.
                 * @example 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1
                 */
                guestId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResetBody"];
            };
        };
        responses: {
            /** @description It has ended while the caller waited. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Preference-Applied": components["headers"]["PreferenceApplied"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job is promised; Location answers 202 until it has ended. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `invalidSubmission`: Rows or options are wrong; `errors` lists the first 100, `errorCount` says how many there are.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `invalidJson`: The text breaks the rules of JSON at the place named.
             *     - `invalidEncoding`: A line or a field holds what is not text in the expected encoding, or text already damaged by an earlier conversion.
             *     - `duplicateMember`: An object of the JSON has the same member twice, so one would be lost.
             *     - `missingSendInvitationMessage`: `sendInvitationMessage` has no built-in default, and rows do not say it.
             *     - `unknownOption`: The name is not an option of a job. Options are told apart by case.
             *     - `invalidOption`: The value has the wrong type, is out of range, or does not go with another option, as a `notAfter` that is over.
             *     - `missingUser`: The row has no object id, UPN or address.
             *     - `ambiguousUser`: Both `user` and `invitedUser` are given, or two object ids that differ.
             *     - `invalidUser`: `user` is neither an object id, nor a UPN with `#EXT#`, nor a mail address.
             *     - `invalidEmailAddress`: `invitedUserEmailAddress` must look like `name@partner.example`: at most 64 characters before the `@`, no `.`, `-` or `'` first or last there, no two periods in a row; behind it a domain, no IP address.
             *     - `forbiddenCharacter`: Before the `@` of `invitedUserEmailAddress` the invitation service takes letters and digits of ASCII and `. _ - '`, so no `+`, no `é`, no typographic apostrophe.
             *     - `invalidCcRecipient`: It must look like `name@partner.example`.
             *     - `tooManyCcRecipients`: The invitation service takes one.
             *     - `invalidLanguage`: `messageLanguage` must be a tag of BCP 47 such as `de` or `en-US`, no name of a language.
             *     - `invalidRedirectUrl`: `inviteRedirectUrl` must be absolute and begin with `https://`.
             *     - `invalidAddEmailTo`: It must be `mail`, `otherMails` or `none`.
             *     - `resetRedemptionFalse`: `resetRedemption` is false; this service only resets.
             *     - `userTypeNotAvailable`: `invitedUserType` is not `Guest`; a reset does not change the type of a user.
             *     - `fieldTooLong`: The field has more characters than `message` allows.
             *     - `rowTooLong`: All fields of the row together have more characters than `message` allows. Where a row has no end, nothing after it is read.
             *     - `unknownField`: The entry has a member that is not part of a reset.
             *     - `wrongType`: A value is of another kind than its member takes: a number where text is expected, a list where an object is.
             *     - `invalidIdempotencyKey`: It is empty or longer than 255 characters.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "incompleteBody" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "unsupportedContentEncoding" | "bodyTooLarge" | "incompleteBody" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /**
             * @description - `submissionInProgress`: Another request with the same `Idempotency-Key` has not ended, or has broken off a short while ago. Nothing of this one was queued.
             *     - `jobDeleted`: The `Idempotency-Key` belongs to a job that is no longer stored. Nothing was queued.
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterIfOfUse"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "submissionInProgress" | "jobDeleted";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "unsupportedContentEncoding" | "bodyTooLarge" | "incompleteBody" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `unsupportedContentEncoding`: `Content-Encoding` says something other than `identity`, or the first bytes are those of gzip, zstd or ZIP (as an .xlsx has). */
            415: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 415;
                        /** @enum {string} */
                        code: "unsupportedContentEncoding";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidSubmission" | "unsupportedContentEncoding" | "bodyTooLarge" | "incompleteBody" | "invalidJson" | "invalidEncoding" | "duplicateMember" | "missingSendInvitationMessage" | "unknownOption" | "invalidOption" | "missingUser" | "ambiguousUser" | "invalidUser" | "invalidEmailAddress" | "forbiddenCharacter" | "invalidCcRecipient" | "tooManyCcRecipients" | "invalidLanguage" | "invalidRedirectUrl" | "invalidAddEmailTo" | "resetRedemptionFalse" | "userTypeNotAvailable" | "fieldTooLong" | "rowTooLong" | "unknownField" | "wrongType" | "invalidIdempotencyKey";
                        }[];
                    };
                };
            };
            /** @description - `idempotencyKeyReused`: The `Idempotency-Key` came before with another body, `Content-Type` or options, be it by a byte. Nothing was queued. */
            422: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 422;
                        /** @enum {string} */
                        code: "idempotencyKeyReused";
                    };
                };
            };
            /** @description - `tooManyOpenJobs`: As many jobs of the caller as `MAX_OPEN_JOBS_PER_CALLER` have not ended, dry runs and paused ones among them. Nothing was queued. */
            429: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 429;
                        /** @enum {string} */
                        code: "tooManyOpenJobs";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    eraseGuest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=30` waits so many seconds for the end, at most 100.
                 * @example wait=30
                 */
                Prefer?: string;
            };
            path: {
                /**
                 * @description The guest: object id, UPN or mail, percent-encoded.
                 * @example 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1
                 */
                guestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The guest is erased. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description It goes on. */
            202: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             *     - `invalidGuestId`: The path names the guest neither by object id, nor by UPN with `#EXT#`, nor by mail.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter" | "incompleteBody" | "unexpectedBody" | "invalidGuestId";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody" | "invalidGuestId";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `guestNotFound`: The directory has no user with this object id, UPN or mail. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "guestNotFound";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /**
             * @description - `guestAmbiguous`: The mail belongs to more than one user; `detail` names them.
             *     - `guestInOpenJobs`: A guest is erased only where no job that is open names them; `detail` names those jobs. Nothing was erased.
             */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfterIfOfUse"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "guestAmbiguous" | "guestInOpenJobs";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody" | "invalidGuestId";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `graphRefused`: Graph does not let the service look the guest up: mostly a permission of its identity is missing. */
            502: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 502;
                        /** @enum {string} */
                        code: "graphRefused";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             *     - `graphUnavailable`: Graph did not answer, failed, or asked to wait, so the guest could not be looked up.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable" | "graphUnavailable";
                    };
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only what was done to this job. */
                jobId?: string;
                /** @description Items of one page. */
                pageSize?: number;
                /** @description From the nextLink of the page before. */
                continuationToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of actions. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `invalidContinuationToken`: `continuationToken` does not come from a page of this list.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "invalidContinuationToken" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    pauseTenant: {
        parameters: {
            query?: {
                /** @description Shown to everybody who waits. */
                reason?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What stops the tenant. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    resumeTenant: {
        parameters: {
            query?: {
                /** @description The code of the stop that was seen: no other is lifted, however often the request is sent. */
                stop?: "pausedByHand" | "pauseAfter" | "awaitingApproval" | "refusedRepeatedly" | "unexpectedAnswers" | "tenantBlocked" | "invitationsNotAllowed" | "noToken" | "tokenRejected";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What stops the tenant, if something does. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gate"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `repeatedParameter`: A name that takes one value is there more than once. Nothing was done.
             *     - `invalidParameter`: The value is not one that this name takes. Nothing was done.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             *     - `incompleteBody`: The connection ended before the body did.
             *     - `unexpectedBody`: The route takes no body: none, blank text and `{}` say nothing. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "incompleteBody" | "unexpectedBody";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `submissionTooSlow`: The body had not arrived when its time was over; `detail` says how long that is. Nothing was queued. */
            408: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 408;
                        /** @enum {string} */
                        code: "submissionTooSlow";
                    };
                };
            };
            /** @description - `stopChanged`: `stop` named the stop that was seen, and another one is shown now: the one that was seen is lifted already, or somebody has paused since. Nothing was lifted. */
            409: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 409;
                        /** @enum {string} */
                        code: "stopChanged";
                    };
                };
            };
            /** @description - `bodyTooLarge`: The body has more bytes than this address takes; `detail` says how many it does. */
            413: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 413;
                        /** @enum {string} */
                        code: "bodyTooLarge";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "repeatedParameter" | "invalidParameter" | "unknownParameter" | "bodyTooLarge" | "incompleteBody" | "unexpectedBody";
                        }[];
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured";
                    };
                };
            };
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop and pace. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `temporarilyUnavailable`: Tables, queue or the sign-in of the service do not answer, or ask to wait. What was promised before is not lost.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured" | "notConfigured" | "temporarilyUnavailable";
                    };
                };
            };
        };
    };
    getDiagnostics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found, be it good or bad. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnostics"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /** @description - `notSignedIn`: The request brings no identity that counts: no token of this tenant for this app, or one without an object id. */
            401: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "notSignedIn";
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             *     - `missingRole`: The caller does not have the app role that `detail` names, or only for jobs of their own, and this is another's.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin" | "missingRole";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "authenticationNotConfigured";
                    };
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Healthy, throttled by Graph, or paused by somebody. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description Graph refuses the tenant, or the service cannot work.
             *     - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    /**
                     * @description Seconds after which asking again makes sense.
                     * @example 5
                     */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched";
                    };
                };
            };
        };
    };
    getHealthDetails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask Location. */
            308: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    Location: components["headers"]["MovedTo"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched";
                    };
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                        info: {
                            [key: string]: unknown;
                        };
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "notConfigured" | "authenticationNotConfigured";
                    };
                };
            };
        };
    };
    getOpenApiV2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Swagger 2.0. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        swagger: string;
                        info: {
                            [key: string]: unknown;
                        };
                        paths: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "notConfigured" | "authenticationNotConfigured";
                    };
                };
            };
        };
    };
    listProblems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["KeptAWhile"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Referrer-Policy": components["headers"]["ReferrerPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched";
                    };
                };
            };
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Of a problem, in any case of letters.
                 * @example missingRole
                 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["KeptAWhile"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Referrer-Policy": components["headers"]["ReferrerPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `codeNotFound`: The path `problems/{code}` names a code that no refusal has. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @enum {string} */
                        code: "codeNotFound";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched";
                    };
                };
            };
        };
    };
    getRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Name, version and links. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Root"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /** @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched";
                    };
                };
            };
        };
    };
    getConsoleConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whom a browser asks for a token, and for what. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleConfig"];
                };
            };
            /**
             * @description - `malformedRequest`: The header `Host` names no host, or the path cannot be decoded.
             *     - `unknownParameter`: The route takes no such name; names are told apart by case. Nothing was done.
             */
            400: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "malformedRequest" | "unknownParameter";
                    } & {
                        errors?: {
                            /** @enum {string} */
                            code: "malformedRequest" | "unknownParameter";
                        }[];
                    };
                };
            };
            /**
             * @description - `foreignHost`: Only in local development: the request names another host than `localhost`.
             *     - `foreignOrigin`: Only in local development: a browser asks on behalf of a page of another origin. Nobody signs in there, so such a page could do all that the developer may.
             */
            403: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "foreignHost" | "foreignOrigin";
                    };
                };
            };
            /** @description - `internalError`: A mistake of the service, or something in its surroundings that it does not know. */
            500: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 500;
                        /** @enum {string} */
                        code: "internalError";
                    };
                };
            };
            /**
             * @description - `requestNotMatched`: What arrived could not be matched with its invocation, within ten seconds. Mostly the request brings a header `x-ms-invocation-id` of its own; without one, the service has too much to do. Nothing was done.
             *     - `notConfigured`: Settings are missing or wrong.
             *     - `authenticationNotConfigured`: App Service authentication is off, or not for the app registration of `API_CLIENT_ID`, so nobody is answered.
             */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 503;
                        /** @enum {string} */
                        code: "requestNotMatched" | "notConfigured" | "authenticationNotConfigured";
                    };
                };
            };
        };
    };
}
