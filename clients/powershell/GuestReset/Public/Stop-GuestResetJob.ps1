function Suspend-GuestResetJob {
  <#
  .SYNOPSIS
  Pauses a job: nothing is sent until somebody resumes it.

  .DESCRIPTION
  What is on its way at this moment is still looked at. Needs the role Manage.

  .PARAMETER Id
  Of the job. Jobs come through the pipeline with it.

  .PARAMETER Reason
  Shown to everybody who waits.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Get-GuestResetJob -Status queued, inProgress | Suspend-GuestResetJob -Reason 'the list is being looked at'

  Pauses every job that has not ended.

  .LINK
  Resume-GuestResetJob
  #>
  [CmdletBinding(SupportsShouldProcess)]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('JobId')] [string[]] $Id,
    [string] $Reason
  )
  process {
    try {
      $query = @{ reason = $(if ($Reason) { $Reason }) }
      foreach ($each in $Id) {
        if ($PSCmdlet.ShouldProcess("Job $each", 'Pause')) { Invoke-JobAction -Id $each -Action 'pause' -Query $query }
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function Resume-GuestResetJob {
  <#
  .SYNOPSIS
  Lets a paused job go on: after a pause, after its first guests (-PauseAfter), after a refusal, or as its approval.

  .DESCRIPTION
  Lifts the stop that PausedReason of the job shows, and none that comes meanwhile (stopChanged); another may stand
  behind it. After a refusal by Graph one guest is tried first. Where the whole tenant is stopped:
  Resume-GuestResetTenant. Answers after some seconds, when every instance of the service has seen it.

  Before Microsoft may mail more than 20 guests, the command asks. -Force or -Confirm:$false say yes beforehand.

  .PARAMETER Id
  Of the job. Jobs come through the pipeline with it.

  .PARAMETER StopCode
  Lifts only this one, such as pauseAfter: where another is shown, it is the error stopChanged.

  .PARAMETER Wait
  Waits for the end of the job then. Ctrl-C leaves the job running.

  .PARAMETER Force
  Does not ask before Microsoft mails more than 20 guests.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Get-GuestResetJob -Status paused | Resume-GuestResetJob -Force -Wait

  Lets every paused job go on, and waits for its end.

  .LINK
  Suspend-GuestResetJob

  .LINK
  Resume-GuestResetTenant
  #>
  [CmdletBinding(SupportsShouldProcess)]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('JobId')] [string[]] $Id,
    [string] $StopCode,
    [switch] $Wait,
    [switch] $Force
  )
  process {
    try {
      foreach ($each in $Id) {
        if (-not $PSCmdlet.ShouldProcess("Job $each", 'Resume')) { continue }
        $seen = ConvertTo-GuestResetJob (Invoke-GuestReset -Path "/jobs/$([uri]::EscapeDataString($each))").Body
        $mails = Get-MailsOfRest $seen
        if (-not (Confirm-Mail -Cmdlet $PSCmdlet -Count $mails -UpTo 'up to ' -Force:$Force)) { continue }
        $stop = if ($StopCode) { $StopCode } else { Get-OwnStop $seen }
        $job = Invoke-JobAction -Id $each -Action 'resume' -Query @{ stop = $stop }
        if ($Wait -and -not $job.HasEnded) { $job = Wait-GuestResetJob -Id $each -Cmdlet $PSCmdlet }
        $job
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

# How many guests a resume may mail, at most; none where the job is not paused, rehearses, or mails nobody.
function Get-MailsOfRest {
  param($Job)
  $mailsNobody = (Read-Member $Job.Options 'sendInvitationMessage') -eq $false
  if ($Job.Status -ne 'paused' -or $Job.DryRun -or $mailsNobody) { return 0 }
  return $Job.Pending
}

# The code of the job's own stop; nothing where the tenant's is shown, for the job's may stand behind that.
function Get-OwnStop {
  param($Job)
  if ($null -ne $Job.PausedReason -and $Job.PausedReason.Scope -eq 'job') { return $Job.PausedReason.Code }
}

function Stop-GuestResetJob {
  <#
  .SYNOPSIS
  Cancels what of a job was not sent yet.

  .DESCRIPTION
  Guests who were reset stay reset: nothing can undo that. What is on its way is still looked at, so the job ends a
  little later. Restart-GuestResetJob takes up again what was canceled.

  .PARAMETER Id
  Of the job. Jobs come through the pipeline with it.

  .PARAMETER Wait
  Waits until the job has ended.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Get-GuestResetJob -Status queued, inProgress, paused | Stop-GuestResetJob -WhatIf

  What would be canceled: every job that has not ended.

  .LINK
  Restart-GuestResetJob
  #>
  [CmdletBinding(SupportsShouldProcess)]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('JobId')] [string[]] $Id,
    [switch] $Wait
  )
  process {
    try {
      foreach ($each in $Id) {
        if (-not $PSCmdlet.ShouldProcess("Job $each", 'Cancel what was not sent yet')) { continue }
        $job = Invoke-JobAction -Id $each -Action 'cancel'
        if ($Wait -and -not $job.HasEnded) { $job = Wait-GuestResetJob -Id $each -Cmdlet $PSCmdlet }
        $job
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function Invoke-JobAction {
  param([string] $Id, [string] $Action, [System.Collections.IDictionary] $Query = @{})
  $path = "/jobs/$([uri]::EscapeDataString($Id))/$Action"
  # A resume that names no stop could lift the next one, if it went out twice.
  $once = $Action -eq 'resume' -and $null -eq $Query['stop']
  $answer = Invoke-GuestReset -Method POST -Path $path -Query $Query -Once:$once
  return ConvertTo-GuestResetJob $answer.Body
}
