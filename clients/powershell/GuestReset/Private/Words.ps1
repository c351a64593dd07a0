# The service speaks of requests; whoever sits here types commands.

# What it writes, and what is typed for it here; the longest first. Of what has no command the request stays.
$script:Words = [ordered] @{
  '\bPOST (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/resume\b' = 'Resume-GuestResetJob -Id $1'
  '\bPOST (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/pause\b' = 'Suspend-GuestResetJob -Id $1'
  '\bPOST (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/cancel\b' = 'Stop-GuestResetJob -Id $1'
  '\bPOST (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/retry\b' = 'Restart-GuestResetJob -Id $1'
  '\bPOST (?:https?://[^\s/]+)?/api/resume\b' = 'Resume-GuestResetTenant'
  '\bPOST (?:https?://[^\s/]+)?/api/pause\b' = 'Suspend-GuestResetTenant'
  '\bGET (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/resets\?format=csv\b' =
  'Get-GuestResetResult -JobId $1 -OutFile results.csv'
  '\bGET (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/resets\b' = 'Get-GuestResetResult -JobId $1'
  '\bGET (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/completion\b' = 'Get-GuestResetJob -Id $1 -Wait'
  '\bGET (?:https?://[^\s/]+)?/api/jobs/([\w{}-]+)' = 'Get-GuestResetJob -Id $1'
  '\bGET (?:https?://[^\s/]+)?/api/jobs\b' = 'Get-GuestResetJob'
  '\bGET (?:https?://[^\s/]+)?/api/guests/([^\s/]+)/resets\b' = 'Get-GuestResetHistory -User $1'
  '\bGET (?:https?://[^\s/]+)?/api/audit\b' = 'Get-GuestResetAudit'
  '\bGET (?:https?://[^\s/]+)?/api/(?:tenant|diagnostics)\b' = 'Get-GuestResetTenant'
  '\bPOST (?:https?://[^\s/]+)?/api/jobs/([^\s/]+)/check\b' = 'Update-GuestResetRedemption -Id $1'
  '-Id \{id\}' = '-Id <id>'
  '-JobId \{id\}' = '-JobId <id>'
  '\brepeat the request with \?' = 'say ?'
  'Add (?:"defaults": [^.]*, or )?\?sendInvitationMessage=false to the address[^.]*\. Write true where Microsoft' =
  'Say -SendInvitationMessage $$false here or in each row, or $$true where Microsoft'
  '\?allowDuplicate=true\b' = '-AllowDuplicate'
  '\?status=(\w+),(\w+)' = '-Status $1, $2'
  '\?status=(\w+)' = '-Status $1'
  '\bskipIfResetWithinHours( is)? (\d+)' = '-SkipIfResetWithinHours$1 $2'
  '\bpauseAfter: ' = '-PauseAfter: '
  '\bwithout dryRun\b' = 'without -WhatIf'
  '(?<!-)\bIdempotency-Key\b' = '-IdempotencyKey'
  '\bContent-Type: (text/csv; charset=[\w-]+) or charset=' = '-ContentType ''$1'' or charset='
}

$script:AnyWord = '/api/|\?\w+=|skipIfReset|pauseAfter|dryRun|Idempotency-Key|Content-Type'

# @param Text of the service. @returns the same in the words of this module
function ConvertTo-CommandWords {
  param($Text)
  if ($Text -isnot [string]) { return $Text }
  # Most texts name none: there may be 200,000 of them.
  if (-not [regex]::IsMatch($Text, $script:AnyWord)) { return $Text }
  foreach ($pair in $script:Words.GetEnumerator()) { $Text = [regex]::Replace($Text, $pair.Key, $pair.Value) }
  return $Text
}
