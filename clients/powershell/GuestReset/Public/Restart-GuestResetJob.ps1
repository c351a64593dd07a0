function Restart-GuestResetJob {
  <#
  .SYNOPSIS
  Makes a new job of what did not succeed in one that has ended.

  .DESCRIPTION
  By default of what was canceled, and of what failed where trying again can help. The old job stays as it is. Guests
  who ended as unknown may get a second mail: look first what that means, then name them with -Status.

  .PARAMETER Id
  Of the job that has ended. Jobs come through the pipeline with it.

  .PARAMETER Status
  Takes all that ended so instead: failed, skipped, unknown, canceled.

  .PARAMETER SendInvitationMessage
  In place of what the job and its rows said.

  .PARAMETER PauseAfter
  Stops the new job after its first so many guests, until somebody resumes it.

  .PARAMETER MaxPerMinute
  At most so many guests in any minute.

  .PARAMETER NotBefore
  Nothing is sent before this time.

  .PARAMETER NotAfter
  Nothing is sent from this time on; who is left is canceled.

  .PARAMETER Reason
  Shown with the new job, in place of the old one's.

  .PARAMETER IdempotencyKey
  The same key gives the same new job, however often it is sent. Default: a new one for each command.

  .PARAMETER AllowDuplicate
  Retries also what was retried in the same way within the hour by the same person.

  .PARAMETER Wait
  Waits for the end of the new job. Ctrl-C leaves it running.

  .PARAMETER Force
  Does not ask before Microsoft mails more than 20 guests.

  .PARAMETER WhatIf
  A dry run: the new job looks every guest up, tells what would happen, and sends nothing. Waits for its end.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Get-GuestResetJob -First 1 | Restart-GuestResetJob -Status failed -WhatIf

  What would become of those who failed in the newest job.

  .EXAMPLE
  Get-GuestResetJob -First 1 | Restart-GuestResetJob -Status failed -Wait

  Tries once more those who failed.

  .LINK
  Get-GuestResetResult
  #>
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('JobId')] [string] $Id,
    [ValidateSet('failed', 'skipped', 'unknown', 'canceled')] [string[]] $Status,
    [YesOrNoAttribute()] [Nullable[bool]] $SendInvitationMessage,
    [Nullable[int]] $PauseAfter,
    [Nullable[int]] $MaxPerMinute,
    [Nullable[DateTime]] $NotBefore,
    [Nullable[DateTime]] $NotAfter,
    [string] $Reason,
    [ValidateLength(1, 255)] [string] $IdempotencyKey,
    [switch] $AllowDuplicate,
    [switch] $Wait,
    [switch] $Force
  )
  process {
    try {
      $path = "/jobs/$([uri]::EscapeDataString($Id))"
      if (-not $WhatIfPreference) {
        $old = ConvertTo-GuestResetJob (Invoke-GuestReset -Path $path).Body
        if (-not $PSCmdlet.ShouldProcess("Job $Id", 'Submit once more what did not succeed')) { return }
        # A retry of a rehearsal is one; of what failed only a part may be taken, which nobody knows beforehand.
        $taken = if ($Status) { $Status } else { @('failed', 'canceled') }
        $mails = 0
        if (-not $old.DryRun -and $SendInvitationMessage -ne $false) {
          foreach ($each in $taken) { $mails += $old.$each }
        }
        $mails = Get-MailsBeforePause $mails $PauseAfter
        if (-not (Confirm-Mail -Cmdlet $PSCmdlet -Count $mails -UpTo 'up to ' -Force:$Force)) { return }
      }
      # The options stand in the query, and a body that says nothing makes it one.
      $content = {
        $made = [System.Net.Http.ByteArrayContent]::new([byte[]] @(0x7B, 0x7D))
        [void] $made.Headers.TryAddWithoutValidation('Content-Type', 'application/json')
        $made
      }
      $query = @{
        status = $Status; sendInvitationMessage = $SendInvitationMessage; pauseAfter = $PauseAfter
        maxPerMinute = $MaxPerMinute; notBefore = $NotBefore; notAfter = $NotAfter
        reason = $(if ($Reason) { $Reason })
      }
      Submit-Job -Cmdlet $PSCmdlet -Path "$path/retry" -Query $query -Content $content -IdempotencyKey $IdempotencyKey `
        -AllowDuplicate:$AllowDuplicate -Wait:$Wait -DryRun:$WhatIfPreference
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}
