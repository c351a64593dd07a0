# What makes a new job: asked about mail first, one key for all tries, and no second job of the same list by mistake.

# So many guests are mailed without a question.
$script:MailsUnasked = 20

# Asks before mail goes to many. @returns whether to go on; throws where nobody can be asked
function Confirm-Mail {
  param(
    [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
    [int] $Count,
    # Before the number, where it is not known exactly.
    [string] $UpTo = '',
    [switch] $Force
  )
  # None: -Confirm:$false. Low or Medium: ShouldProcess has asked already.
  if ($Force -or $Count -le $script:MailsUnasked -or $ConfirmPreference -ne 'High') { return $true }
  $question = "Microsoft will mail ${UpTo}$Count guests, and none of them can sign in until they redeem again. Go on?"
  # By the host itself: the default of ShouldContinue is Yes, and a mail cannot be taken back.
  $choices = [System.Management.Automation.Host.ChoiceDescription[]] @(
    [System.Management.Automation.Host.ChoiceDescription]::new('&Yes', 'Microsoft mails them.')
    [System.Management.Automation.Host.ChoiceDescription]::new('&No', 'Nothing is done.')
  )
  try {
    return $Host.UI.PromptForChoice('Mail goes to many guests', $question, $choices, 1) -eq 0
  } catch [System.Management.Automation.PipelineStoppedException] {
    throw
  } catch {
    throw (New-GuestResetError -Code 'confirmationNeeded' -Category PermissionDenied -Message (
        "Microsoft would mail ${UpTo}$Count guests, and there is nobody here to ask. Nothing was done. " +
        'Rehearse with -WhatIf, then say -Force.'))
  }
}

# How many are mailed before the job stops by itself: the resume asks about the rest.
function Get-MailsBeforePause {
  param([int] $Mails, [Nullable[int]] $PauseAfter)
  if ($null -eq $PauseAfter) { return $Mails }
  return [Math]::Min($Mails, $PauseAfter)
}

# Submits, or rehearses, and waits if that is wished. @returns the job
# @param Given of the command: what its parameters say that is the same for every submission
function Submit-Job {
  param(
    [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [System.Collections.IDictionary] $Query,
    [Parameter(Mandatory)] [scriptblock] $Content,
    [string] $IdempotencyKey,
    [switch] $AllowDuplicate,
    [switch] $Wait,
    [switch] $DryRun
  )
  # A rehearsal is not what the key stands for: the real submission with it comes later.
  if (-not $IdempotencyKey -or $DryRun) { $IdempotencyKey = [string] [guid]::NewGuid() }
  $Query.allowDuplicate = [bool] $AllowDuplicate
  if ($DryRun) { $Query.dryRun = $true }
  $answer = Invoke-GuestReset -Method POST -Path $Path -Query $Query -Content $Content -IdempotencyKey $IdempotencyKey
  $job = ConvertTo-GuestResetJob $answer.Body
  foreach ($warning in $job.Warnings) {
    $Cmdlet.WriteWarning("$(ConvertTo-CommandWords $warning.message) ($($warning.code))")
  }
  # A rehearsal is waited for: what would happen is what was asked.
  if (($Wait -or $DryRun) -and -not $job.HasEnded) { $job = Wait-GuestResetJob -Id $job.Id -Cmdlet $Cmdlet }
  # Before the errors: whoever lets them end the script has the job all the same.
  $Cmdlet.WriteObject($job)
  if (-not $Wait -or $DryRun -or -not $job.HasEnded) { return }
  if ($job.Skipped -gt 0) {
    $Cmdlet.WriteWarning("$($job.Skipped) of $($job.Total) guests of job $($job.Id) were skipped. Of all who were " +
      "not reset: $($job.Causes). To see whom: Get-GuestResetResult -JobId $($job.Id) -Status skipped")
  }
  Write-NotReset -Job $job -Cmdlet $Cmdlet
}

# Writes an error, which does not end the script, for each guest who was not reset. Skipped is none: whoever was reset
# lately, or is not among those whom the caller wants, is left alone as the caller has said.
function Write-NotReset {
  param($Job, [System.Management.Automation.PSCmdlet] $Cmdlet)
  if ($Job.Failed + $Job.Unknown + $Job.Canceled -eq 0) { return }
  $query = @{ format = 'json'; pageSize = 1000; status = @('failed', 'unknown', 'canceled') }
  try {
    Read-Pages -Path "/jobs/$([uri]::EscapeDataString($Job.Id))/resets" -Query $query | ForEach-Object {
      foreach ($reset in ConvertTo-GuestResetResult $_ $Job.Id) { $Cmdlet.WriteError((New-NotResetError $reset)) }
    }
  } catch [System.Management.Automation.ActionPreferenceStopException] {
    throw
  } catch {
    throw (Add-WayBack $_ $Job.Id)
  }
}

function New-NotResetError {
  param($Reset)
  $code = if ($Reset.Code) { [string] $Reset.Code } else { [string] $Reset.Status }
  $what = switch ($Reset.Status) {
    'unknown' { 'it is not known whether the guest was reset' }
    'canceled' { 'was canceled' }
    default { 'was not reset' }
  }
  $category = if ($Reset.Status -eq 'canceled') { 'OperationStopped' } else { 'InvalidResult' }
  $user = if ($Reset.User) { $Reset.User } else { $Reset.GuestId }
  $told = @{
    Code              = $code
    Category          = $category
    TargetObject      = $Reset
    RecommendedAction = [string] $Reset.NextStep
    Message           = "Row $($Reset.Row), ${user}: $what ($code). $($Reset.Message)"
  }
  return New-GuestResetError @told
}
