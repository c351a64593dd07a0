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
  try {
    return $Cmdlet.ShouldContinue($question, 'Mail goes to many guests')
  } catch [System.Management.Automation.PipelineStoppedException] {
    throw
  } catch {
    throw (New-GuestResetError -Code 'confirmationNeeded' -Category PermissionDenied -Message (
        "Microsoft would mail ${UpTo}$Count guests, and there is nobody here to ask. Nothing was submitted. " +
        'Rehearse with -WhatIf, then say -Force.'))
  }
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
  if (-not $IdempotencyKey) { $IdempotencyKey = [string] [guid]::NewGuid() }
  $Query.allowDuplicate = [bool] $AllowDuplicate
  if ($DryRun) { $Query.dryRun = $true }
  $answer = Invoke-GuestReset -Method POST -Path $Path -Query $Query -Content $Content -IdempotencyKey $IdempotencyKey
  $job = ConvertTo-GuestResetJob $answer.Body
  foreach ($warning in $job.Warnings) { $Cmdlet.WriteWarning("$($warning.message) ($($warning.code))") }
  # A rehearsal is waited for: what would happen is what was asked.
  if (($Wait -or $DryRun) -and -not $job.HasEnded) { $job = Wait-GuestResetJob -Id $job.Id -Cmdlet $Cmdlet }
  return $job
}
