function Start-GuestResetJob {
  <#
  .SYNOPSIS
  Submits a file that names guests as one job: CSV, JSON or NDJSON.

  .DESCRIPTION
  The file goes to the service as it is, in pieces, so it may have 200,000 guests. A CSV may come from Entra's export,
  from Excel or from Export-Csv; its columns are in docs/submitting.md. Anything wrong with it is an error that names
  row and field, and then nothing is queued.

  Before Microsoft may mail more than 20 guests, the command asks. -Force or -Confirm:$false say yes beforehand.

  .PARAMETER Path
  The file. By its ending: .json, .ndjson or .jsonl; any other is a CSV.

  .PARAMETER SendInvitationMessage
  For every guest of whom the file does not say otherwise. $true: Microsoft mails the guest. $false: nobody does.

  .PARAMETER InviteRedirectUrl
  Where guests land after redeeming, for every row that does not say otherwise.

  .PARAMETER MessageLanguage
  Of Microsoft's mail, for every row that does not say otherwise.

  .PARAMETER AddEmailTo
  Where new addresses go: mail (default), otherMails, or none.

  .PARAMETER ChangeEmailDomain
  A partner has a new domain: old.example:new.example derives each new address from the guest's mail.

  .PARAMETER Reason
  Shown with the job, and kept. Do not write what must be deletable.

  .PARAMETER PauseAfter
  Stops the job after its first so many guests, until somebody resumes it.

  .PARAMETER MaxPerMinute
  At most so many guests in any minute.

  .PARAMETER SkipIfResetWithinHours
  Whoever was reset within so many hours is skipped. Default: 24.

  .PARAMETER OnlyIf
  Whom the job is for: pending (has not redeemed), accepted (has redeemed, or has no open invitation), or any.

  .PARAMETER NotBefore
  Nothing is sent before this time.

  .PARAMETER NotAfter
  Nothing is sent from this time on; who is left is canceled.

  .PARAMETER ContentType
  What the file is, where its ending does not tell: such as 'text/csv; charset=windows-1252'.

  .PARAMETER IdempotencyKey
  The same key with the same file and options gives the same job, however often it is sent. Default: a new one for each
  command, kept over its own repeats. A schedule says one of its own.

  .PARAMETER AllowDuplicate
  Submits also what was submitted within the hour by the same person: more than 20 guests, the same list and options.

  .PARAMETER Wait
  Waits for the end of the job. Ctrl-C leaves the job running.

  .PARAMETER Force
  Does not ask before Microsoft mails more than 20 guests.

  .PARAMETER WhatIf
  A dry run: the service looks every guest up, tells what would happen, and sends nothing. Waits for its end.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Start-GuestResetJob -Path samples/guests.csv -WhatIf | Get-GuestResetResult -Status failed

  Rehearses a list, and shows who would not be reset, and why.

  .EXAMPLE
  $job = Start-GuestResetJob -Path samples/guests.csv -Reason 'fabrikam moved' -Force -Wait

  Submits the list, and shows how far it is until it has ended.

  .LINK
  Get-GuestResetJob

  .LINK
  Stop-GuestResetJob
  #>
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('FullName', 'PSPath')] [string] $Path,
    [YesOrNoAttribute()] [Nullable[bool]] $SendInvitationMessage,
    [string] $InviteRedirectUrl,
    [string] $MessageLanguage,
    [string] $AddEmailTo,
    [ValidatePattern('^[^:]+:[^:]+$')] [string] $ChangeEmailDomain,
    [string] $Reason,
    [Nullable[int]] $PauseAfter,
    [Nullable[int]] $MaxPerMinute,
    [Nullable[double]] $SkipIfResetWithinHours,
    [ValidateSet('any', 'pending', 'accepted')] [string] $OnlyIf,
    [Nullable[DateTime]] $NotBefore,
    [Nullable[DateTime]] $NotAfter,
    [string] $ContentType,
    [ValidateLength(1, 255)] [string] $IdempotencyKey,
    [switch] $AllowDuplicate,
    [switch] $Wait,
    [switch] $Force
  )
  process {
    try {
      [void] (Get-Connection)
      # Not the folder of the process, which Set-Location does not change.
      $file = Convert-Path -LiteralPath $Path -ErrorAction Stop
      $type = if ($ContentType) { $ContentType } else { Get-ContentTypeOf $file }
      if (-not $WhatIfPreference) {
        if (-not $PSCmdlet.ShouldProcess($file, 'Reset the redemption status of the guests of the file')) { return }
        $mails = Get-MailsBeforePause (Get-MostMails $file $type $SendInvitationMessage) $PauseAfter
        if (-not (Confirm-Mail -Cmdlet $PSCmdlet -Count $mails -UpTo 'up to ' -Force:$Force)) { return }
      }
      $content = {
        $made = [System.Net.Http.StreamContent]::new([System.IO.File]::OpenRead($file))
        [void] $made.Headers.TryAddWithoutValidation('Content-Type', $type)
        $made
      }.GetNewClosure()
      $query = @{ pauseAfter = $PauseAfter; maxPerMinute = $MaxPerMinute; notBefore = $NotBefore; notAfter = $NotAfter
        skipIfResetWithinHours = $SkipIfResetWithinHours; sendInvitationMessage = $SendInvitationMessage }
      $texts = @('InviteRedirectUrl', 'MessageLanguage', 'AddEmailTo', 'ChangeEmailDomain', 'Reason', 'OnlyIf')
      foreach ($name in $texts) {
        if ($PSBoundParameters.ContainsKey($name)) {
          $query[$name.Substring(0, 1).ToLowerInvariant() + $name.Substring(1)] = $PSBoundParameters[$name]
        }
      }
      Submit-Job -Cmdlet $PSCmdlet -Path '/jobs' -Query $query -Content $content -IdempotencyKey $IdempotencyKey `
        -AllowDuplicate:$AllowDuplicate -Wait:$Wait -DryRun:$WhatIfPreference
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function Get-ContentTypeOf {
  param([string] $File)
  switch ([System.IO.Path]::GetExtension($File)) {
    '.json' { 'application/json' }
    '.ndjson' { 'application/x-ndjson' }
    '.jsonl' { 'application/x-ndjson' }
    default { 'text/csv' }
  }
}

# How many guests of the file may be mailed, at most: the file is looked through, not read as the service reads it.
# A line is a guest at most, and so is an opening brace of JSON, but for the one around all.
function Get-MostMails {
  param([string] $File, [string] $ContentType, [Nullable[bool]] $SendInvitationMessage)
  $isJson = $ContentType -match 'json'
  $count = -1
  # Rows may say otherwise than the command, where they have a place for it.
  $saysItself = $false
  $reader = [System.IO.StreamReader]::new($File, $true)
  try {
    while ($null -ne ($line = $reader.ReadLine())) {
      if ($isJson -and $ContentType -notmatch 'ndjson') { $count += $line.Split('{').Count - 1 }
      elseif ($line.Trim() -ne '') { $count++ }
      $saysItself = $saysItself -or ($line -replace '[\s_-]', '') -match 'sendInvitationMessage'
    }
  } finally {
    $reader.Dispose()
  }
  if ($SendInvitationMessage -eq $false -and -not $saysItself) { return 0 }
  # NDJSON has no header.
  return [Math]::Max(0, $count + $(if ($ContentType -match 'ndjson') { 1 } else { 0 }))
}
