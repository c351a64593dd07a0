#!/bin/sh
# Waits for the end of a job, and prints the job: asks again when Retry-After says so.
#
#   wait.sh COMPLETION
#
# COMPLETION is the Location of the answer to a submission. GUEST_RESET_CURL names the options of curl (README.md).
# Ends with 0 when the job has ended, however it did; 5 when it is paused, and says how to resume; 1 otherwise.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
while :; do
  status=$(curl --config "$GUEST_RESET_CURL" --dump-header "$folder/headers" --output "$folder/answer" \
    --write-out '%{http_code}' "$1") || status=000 # Curl has said why; its own exit codes mean something else here.
  case $status in
    200)
      cat "$folder/answer" && echo
      exit 0
      ;;
    202) ;;
    000) exit 1 ;;
    409)
      { cat "$folder/answer" && echo; } >&2
      exit 5
      ;;
    *)
      { cat "$folder/answer" && echo; } >&2
      exit 1
      ;;
  esac
  # The last one: curl keeps the headers of what it has repeated, too.
  seconds=$(tr -d '\r' <"$folder/headers" | sed -n 's/^[Rr]etry-[Aa]fter: \([0-9]*\)$/\1/p' | tail -n 1)
  sleep "${seconds:-5}"
done
