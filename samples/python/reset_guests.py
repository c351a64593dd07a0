#!/usr/bin/env python3
"""Submit a CSV of guests to guest-reset, wait for the end, and write the results.

Python 3.9 or newer and nothing else, on Linux, macOS and Windows. README.md beside this file tells how to sign in, what
the exit codes mean, and why a command that was interrupted can simply be run again: it mails nobody twice.
"""
from __future__ import annotations

import argparse
import csv
import datetime
import email.utils
import hashlib
import http.client
import io
import itertools
import json
import os
import random
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

OK, USAGE, REFUSED, NOT_ALL, PAUSED, DUPLICATE, NOT_ENDED, TOO_MANY, SIGN_IN = 0, 2, 3, 4, 5, 6, 7, 8, 9
INTERRUPTED = 130

# The platform's front end ends an answer after 230 s: what is silent for longer is gone.
SILENT_SECONDS = 240
ROWS_NAMED = 10
NOT_RESET = ('failed', 'unknown', 'canceled')


class Stop(Exception):
    """The end, with its exit code and what to tell."""

    def __init__(self, exit_code, message):
        super().__init__(message)
        self.exit_code = exit_code


class Refused(Exception):
    """An answer of 300 or more. `problem` is its JSON (RFC 9457); empty where the platform answered for the app."""

    def __init__(self, error):
        self.status, self.headers = error.code, error.headers
        try:
            parsed = json.loads(error.read())
        except (OSError, http.client.HTTPException, ValueError):
            parsed = {}
        self.problem = parsed if isinstance(parsed, dict) else {}
        self.code = self.problem.get('code', '')
        told = (str(self.status), self.code, self.problem.get('detail', error.reason))
        super().__init__(' '.join(part for part in told if part))

    def passes(self):
        """Whether the same request may be answered otherwise in a while, by itself."""
        return self.status in (408, 429, 500, 502, 503, 504) or self.code in ('submissionInProgress', 'incompleteBody')


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """This API never redirects, and a token goes nowhere else."""

    def redirect_request(self, *_):
        return None


class Tokens:
    """A token from GUEST_RESET_TOKEN, else from the package azure-identity, else from Azure CLI.

    Without that variable and without a client id nobody signs in: so does the service on one's own machine.
    """

    def __init__(self, client_id):
        self.scope = f'api://{client_id}/.default'
        self.client_id = client_id
        self.given = os.environ.get('GUEST_RESET_TOKEN')
        self.credential = None
        self.current = self.given or (self.fetched() if client_id else None)

    def renew(self):
        """After a 401: a token lives for an hour, a job maybe longer. False where there is no other to be had."""
        if self.given or not self.client_id:
            return False
        self.current = self.fetched()
        return True

    def fetched(self):
        try:
            from azure.identity import DefaultAzureCredential
        except ImportError:
            return self.from_azure_cli()
        try:
            self.credential = self.credential or DefaultAzureCredential()
            return self.credential.get_token(self.scope).token
        except Exception as error:  # Its classes are in a package that is perhaps not there.
            raise Stop(SIGN_IN, f'azure-identity gave no token for {self.scope}: {error}') from error

    def from_azure_cli(self):
        # `which` finds az.cmd on Windows.
        program = shutil.which('az')
        if program is None:
            raise Stop(SIGN_IN, 'To sign in, set GUEST_RESET_TOKEN, install azure-identity, or install Azure CLI.')
        asked = [program, 'account', 'get-access-token', '--scope', self.scope]
        ended = subprocess.run(asked + ['--query', 'accessToken', '--output', 'tsv'], capture_output=True, text=True)
        token = ended.stdout.strip()
        if ended.returncode != 0 or token == '':
            raise Stop(SIGN_IN, f'Azure CLI gave no token for {self.scope}: {ended.stderr.strip()}')
        return token


class Api:
    """The service at one address. A request is repeated as docs/errors.md says, with the same Idempotency-Key."""

    def __init__(self, url, tokens, retry_seconds):
        self.url, self.tokens, self.retry_seconds = url, tokens, retry_seconds
        # A proxy of the environment would read what goes to this machine without https, and mostly cannot reach it.
        direct = [urllib.request.ProxyHandler({})] if url.startswith('http:') else []
        self.opener = urllib.request.build_opener(NoRedirect(), *direct)

    def ask(self, method, path, headers=None, file=None, read=json.load):
        """Status, headers and what `read` made of the answer. `file`, open, is sent as the body, piece by piece."""
        give_up, renewed = time.monotonic() + self.retry_seconds, False
        for attempt in itertools.count():
            try:
                return self.once(method, path, headers or {}, file, read)
            except Refused as refusal:
                if refusal.status == 401 and not renewed and self.tokens.renew():
                    renewed = True
                    continue
                if not refusal.passes():
                    raise
                why, wait = str(refusal), retry_after(refusal.headers)
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
                # The answer is lost, and perhaps only that: the same key finds the job that may be there.
                if isinstance(getattr(error, 'reason', error), ssl.SSLCertVerificationError):
                    raise Stop(REFUSED, f'{self.url} does not prove who it is: {error}') from error
                why, wait = f'no answer ({error})', None
            if not wait:
                wait = min(30, 2**attempt) * random.uniform(0.5, 1)
            if time.monotonic() + wait > give_up:
                raise Stop(NOT_ENDED, f'Given up: {why}. Run the same command again later: it finds what is there.')
            log(f'{why}: the same request again in {wait:.0f} s')
            time.sleep(wait)

    def once(self, method, path, headers, file, read):
        request = urllib.request.Request(self.url + path, data=file, method=method, headers=headers)
        try:
            if file is not None:
                file.seek(0)
                # With a Content-Length the platform would keep the whole file in memory first.
                request.add_header('Transfer-Encoding', 'chunked')
            if self.tokens.current:
                request.add_unredirected_header('Authorization', f'Bearer {self.tokens.current}')
            with self.opener.open(request, timeout=SILENT_SECONDS) as answer:
                return answer.status, answer.headers, read(answer)
        except urllib.error.HTTPError as error:
            raise Refused(error) from error


def retry_after(headers):
    """Seconds, from seconds or a date; None where the header is missing or neither."""
    text = headers.get('Retry-After') or ''
    if re.fullmatch(r'\d{1,9}', text.strip()):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def log(text):
    print(text, file=sys.stderr, flush=True)


def job_options(args):
    """What the query says of the job, as the service names it. All of it makes two submissions differ."""
    said = dict(args.option)
    if args.mail is not None:
        said['sendInvitationMessage'] = args.mail
    if args.reason is not None:
        said['reason'] = args.reason
    if args.pause_after is not None:
        said['pauseAfter'] = str(args.pause_after)
    if args.dry_run:
        said['dryRun'] = 'true'
    return said


def submission_key(args, options, file):
    """The same for the same file, options and run, so that a second start of this script finds the first one's job.

    A rehearsal gets a new one each time: it mails nobody, and its answer shall be of now.
    """
    if args.key is not None:
        return args.key
    if args.dry_run:
        return f'rehearsal-{uuid.uuid4()}'
    digest = hashlib.sha256(json.dumps([args.charset, sorted(options.items())]).encode())
    for block in iter(lambda: file.read(1 << 20), b''):
        digest.update(block)
    return f'reset-guests-{args.run}-{digest.hexdigest()[:40]}'


def submit(api, args, file):
    """The job, new or of an earlier start of this script. `file` is open: what is read and what is sent is one file."""
    options = job_options(args)
    # Refused is the list of a job of the last hour, under another key, that is open or of which nothing failed.
    query = {**options, 'allowDuplicate': 'true' if args.allow_duplicate else 'false'}
    charset = '' if args.charset is None else f'; charset={args.charset}'
    headers = {'Content-Type': f'text/csv{charset}', 'Idempotency-Key': submission_key(args, options, file)}
    try:
        # A refusal that comes while a long file is on its way gets lost with the connection: be told before.
        api.ask('GET', '/jobs?pageSize=1')
        _, answered, job = api.ask('POST', '/jobs?' + urllib.parse.urlencode(query), headers, file)
    except Refused as refusal:
        raise submission_refused(refusal, args) from refusal
    warnings = [f'Warning: {warning["message"]}' for warning in job.get('warnings', [])]
    if answered.get('Idempotency-Replayed') == 'true':
        log(f'This was submitted before, at {job["createdAt"]}, and is not submitted again. (Another --run would.)')
    for line in [f'Job {address(api, job)}: {job["total"]} guests', *warnings]:
        log(line)
    return job


def submission_refused(refusal, args):
    problem, errors = refusal.problem, refusal.problem.get('errors', [])
    codes = {refusal.code, *(error.get('code') for error in errors)} - {'invalidSubmission'}
    if args.empty_is_fine and codes == {'noResets'}:
        return Stop(OK, 'The file names no guest: nothing was submitted.')
    if refusal.code == 'duplicateSubmission':
        earlier = problem.get('earlierJob', {}).get('url', '')
        told = f'Submitted within the hour: {earlier}. {problem.get("detail", "")}'
        return Stop(DUPLICATE, f'{told} Here that is --allow-duplicate.')
    lines = [f'Nothing was queued. {refusal}', *(row_problem(error) for error in errors)]
    if problem.get('errorCount', 0) > len(errors):
        lines.append(f'  and {problem["errorCount"] - len(errors)} more')
    return Stop(SIGN_IN if refusal.status in (401, 403) else REFUSED, '\n'.join(lines))


def row_problem(error):
    places = [f'{name} {error[name]}' for name in ('row', 'line', 'field') if name in error]
    return f'  {", ".join(places)}: {error.get("message", "")} ({error.get("code", "")})'


def address(api, job):
    return f'{api.url}/jobs/{job["id"]}'


def wait_for_end(api, job, args):
    """The job as it ended. Asks again when the service says so."""
    path = f'/jobs/{job["id"]}/completion' + ('?waitWhilePaused=true' if args.wait_while_paused else '')
    until = time.monotonic() + 60 * args.wait_minutes
    while True:
        try:
            status, headers, job = api.ask('GET', path)
        except Refused as refusal:
            if refusal.code != 'jobPaused':
                raise
            told = f'Nothing is sent for now. {refusal.problem.get("detail", "")}'
            raise Stop(PAUSED, f'{told} Then run the same command again.') from refusal
        if status == 200:
            return job
        left = until - time.monotonic()
        if left <= 0:
            raise Stop(NOT_ENDED, 'The job has not ended in --wait-minutes; it goes on. The same command waits again.')
        log(f'{job["status"]}: {job["done"]} of {job["total"]} guests')
        time.sleep(min(left, retry_after(headers) or 5))


def causes(api, job):
    """How many guests were not reset, by status and code, with the first rows of each."""

    def read(lines):
        found = {}
        for line in lines:
            reset = json.loads(line)
            cause = found.setdefault((reset['status'], reset.get('code', '')), {'count': 0, 'rows': []})
            cause['count'] += 1
            if len(cause['rows']) < ROWS_NAMED:
                cause['rows'].append(str(reset['row']))
        if sum(cause['count'] for cause in found.values()) != sum(job['counts'][name] for name in NOT_RESET):
            raise ConnectionError('the results were cut off')
        return found

    query = urllib.parse.urlencode({'status': ','.join(NOT_RESET), 'format': 'ndjson'})
    return api.ask('GET', f'/jobs/{job["id"]}/resets?{query}', read=read)[2]


def rows_of(cause):
    return ', '.join(cause['rows']) + (', …' if cause['count'] > len(cause['rows']) else '')


def write_results(api, job, args):
    """The results CSV, whole or not at all, and readable for nobody else: `mkstemp` sees to that."""
    handle, unfinished = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(args.results)), prefix='results-')
    try:
        with open(handle, 'w', encoding='utf-8-sig', newline='') as target:
            path = f'/jobs/{job["id"]}/resets?format=csv'
            api.ask('GET', path, read=lambda answer: copy_rows(answer, target, job['total'], args.with_redeem_urls))
        os.replace(unfinished, args.results)
    except BaseException:
        os.unlink(unfinished)
        raise


def copy_rows(answer, target, total, with_redeem_urls):
    """Redeem URLs are secrets, and results end in places that many read: without them unless asked for."""
    target.seek(0)
    target.truncate()
    text = io.TextIOWrapper(answer, encoding='utf-8-sig', newline='')
    start = text.read(65_536) + text.readline()
    # The separator is that of the submitted file.
    found = re.search(r'result\.row"?([,;\t])', start)
    if found is None:
        raise ConnectionError('no results arrived')
    separator = found.group(1)
    rows = csv.reader(itertools.chain(io.StringIO(start, newline=''), text), delimiter=separator)
    columns = next(rows)
    kept = [place for place, name in enumerate(columns) if with_redeem_urls or name != 'result.inviteRedeemUrl']
    writer = csv.writer(target, delimiter=separator)
    writer.writerow([columns[place] for place in kept])
    written = 0
    for written, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise ConnectionError(f'row {written} of {total} was cut off')
        writer.writerow([row[place] for place in kept])
    if written != total:
        raise ConnectionError(f'{written} of {total} rows arrived')


def write_summary(job, found, file):
    """For a person: how many ended how, and why not. No names and no addresses. Added to what the file has."""
    lines = [f'### Guest resets: {"rehearsal, " if job.get("dryRun") else ""}{job["status"]}', '']
    lines += ['| | guests |', '|---|---:|', f'| all | {job["total"]} |']
    lines += [f'| {name} | {count} |' for name, count in job['counts'].items() if count > 0]
    lines += [f'| {name} | {count} |' for name, count in job['summary'].items()]
    if found:
        lines += ['', '| not reset | why | guests | rows |', '|---|---|---:|---|']
        lines += [f'| {status} | `{code}` | {why["count"]} | {rows_of(why)} |' for (status, code), why in found.items()]
    with open(file, 'a', encoding='utf-8') as target:
        target.write('\n'.join(lines) + '\n\n')


def report(api, job, args):
    """What became of the job: told, written, and as an exit code."""
    found = causes(api, job)
    if args.results is not None:
        write_results(api, job, args)
    if args.summary is not None:
        write_summary(job, found, args.summary)
    told = [f'{count} {name}' for name, count in job['counts'].items() if count > 0]
    log(f'{"Rehearsal" if args.dry_run else "Job"} {job["status"]}: {", ".join(told)}')
    for (status, code), why in found.items():
        log(f'  {status}, {code}: {why["count"]} (row {rows_of(why)})')
    counts = job['counts']
    if args.max_guests is not None and job['total'] > args.max_guests:
        raise Stop(TOO_MANY, f'{job["total"]} guests are more than the {args.max_guests} of --max-guests.')
    if counts['failed'] <= args.max_failed and counts['unknown'] + counts['canceled'] == 0:
        return OK
    if args.dry_run:
        raise Stop(TOO_MANY, f'{counts["failed"]} guests would fail; --max-failed allows {args.max_failed}.')
    return NOT_ALL


def option(text):
    name, separator, value = text.partition('=')
    if separator == '':
        raise argparse.ArgumentTypeError('write NAME=VALUE')
    return name, value


def whole_number(text):
    if not re.fullmatch(r'[0-9]{1,9}', text):
        raise argparse.ArgumentTypeError('write a whole number')
    return int(text)


def service_address(text):
    """A token must not travel readable, but on this machine."""
    parts = urllib.parse.urlsplit(text)
    if parts.scheme != 'https' and (parts.scheme != 'http' or parts.hostname not in ('localhost', '127.0.0.1', '::1')):
        raise argparse.ArgumentTypeError(f'{text!r} is no https address')
    return text.rstrip('/')


def arguments(argv):
    environment, today = os.environ, datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%d')
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add('file', help='CSV of guests; docs/submitting.md has its columns')
    add('--url', type=service_address, default=environment.get('GUEST_RESET_URL'), help='API_URL; or GUEST_RESET_URL')
    add('--client-id', default=environment.get('GUEST_RESET_CLIENT_ID'), help='API_CLIENT_ID; or GUEST_RESET_CLIENT_ID')
    mail = parser.add_mutually_exclusive_group()
    unless = 'where no row says otherwise'
    mail.add_argument('--send-mail', dest='mail', action='store_const', const='true', help=unless)
    mail.add_argument('--no-mail', dest='mail', action='store_const', const='false', help=unless)
    add('--dry-run', action='store_true', help='look everything up and send nothing; waits for the end')
    add('--pause-after', type=whole_number, metavar='N', help='stop by itself after the first N guests')
    add('--reason', help='shown with the job')
    add('--option', type=option, action='append', default=[], metavar='NAME=VALUE', help='any other option of a job')
    add('--empty-is-fine', action='store_true', help='a file with a header and no guest is no mistake')
    add('--charset', help='of the file, where it is not UTF-8, such as windows-1252')
    add('--wait', action='store_true', help='wait for the end')
    add('--wait-minutes', type=whole_number, default=1440, metavar='N', help='and at most so long')
    add('--wait-while-paused', action='store_true', help='do not stop where the job or the tenant is paused')
    add('--results', metavar='FILE', help='write the results here, as CSV')
    add('--with-redeem-urls', action='store_true', help='and the redeem URLs with them, which are secrets')
    add('--summary', metavar='FILE', help='add a summary in Markdown to this file')
    add('--max-failed', type=whole_number, default=0, metavar='N', help='so many may fail (default 0)')
    add('--max-guests', type=whole_number, metavar='N', help='of a rehearsal: so many guests are expected at most')
    add('--run', default=today, help='name of this run: the same file in it is the same job (default: the day, UTC)')
    add('--key', help='the Idempotency-Key itself, in place of one made of file, options and run')
    add('--allow-duplicate', action='store_true', help='although a job of the last hour, open or without failures, has the same list')
    add('--retry-minutes', type=whole_number, default=15, metavar='N', help='how long one request is repeated')
    args = parser.parse_args(argv)
    if args.url is None:
        parser.error('where is the service? Say --url or GUEST_RESET_URL.')
    if args.max_guests is not None and not args.dry_run:
        parser.error('--max-guests is for --dry-run: afterwards it would be too late.')
    args.wait = args.wait or args.dry_run
    if not args.wait and (args.results is not None or args.summary is not None):
        parser.error('--results and --summary are known at the end: say --wait.')
    return args


def run(args):
    with open(args.file, 'rb') as file:
        api = Api(args.url, Tokens(args.client_id), 60 * args.retry_minutes)
        job = submit(api, args, file)
    try:
        print(address(api, job), flush=True)
        if not args.wait:
            return OK
        return report(api, wait_for_end(api, job, args), args)
    except KeyboardInterrupt as interrupt:
        raise Stop(INTERRUPTED, 'The job goes on. The same command finds it again.') from interrupt


def main(argv=None):
    for stream in (sys.stdout, sys.stderr):
        # A console of Windows lacks some characters of messages.
        stream.reconfigure(errors='replace')
    args = arguments(argv)
    # Whoever stops a container or a service sends this one: it ends as Ctrl-C does, and leaves no file half written.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return run(args)
    except Stop as stop:
        log(stop)
        return stop.exit_code
    except Refused as refusal:
        log(refusal)
        return SIGN_IN if refusal.status in (401, 403) else REFUSED
    except KeyboardInterrupt:
        log('Interrupted. Perhaps the list arrived: the same command finds its job, and submits nothing twice.')
        return INTERRUPTED
    except OSError as error:
        log(error)
        return USAGE


if __name__ == '__main__':
    sys.exit(main())
