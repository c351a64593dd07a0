# Waiting for the end of a job: how far it is, what holds it, and how to come back.

# The service asks to wait a tenth of the time that is left; whoever looks at a bar wants to see it move.
$script:LookAtMostSeconds = 15

# Waits for the end. @returns the job as it is then, or as it is when nothing is sent until somebody resumes it: that is
# written as an error which does not end the script.
function Wait-GuestResetJob {
  param(
    [Parameter(Mandatory)] [string] $Id,
    [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet
  )
  $connection = Get-Connection
  $path = "/jobs/$([uri]::EscapeDataString($Id))"
  $isThrough = $false
  Write-Verbose "Waiting for the end of job $Id."
  try {
    while ($true) {
      $answer = Invoke-GuestReset -Connection $connection -Path $path
      $job = ConvertTo-GuestResetJob $answer.Body
      if ($job.HasEnded) { break }
      $stop = $job.PausedReason
      if ($null -ne $stop -and -not $stop.IsResuming) {
        $Cmdlet.WriteError((New-PausedError $job))
        break
      }
      Write-JobProgress $job
      $seconds = [Math]::Min($script:LookAtMostSeconds, [Math]::Max(1, $answer.RetryAfter))
      # In short sleeps: Ctrl-C is heard between two of them.
      $until = [DateTime]::UtcNow.AddSeconds($seconds)
      while ([DateTime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 200 }
    }
    $isThrough = $true
    return $job
  } catch [System.Management.Automation.ActionPreferenceStopException] {
    $isThrough = $true
    throw
  } catch {
    # An error that is told, not Ctrl-C; the job goes on as well.
    $isThrough = $true
    throw (Add-WayBack $_ $Id)
  } finally {
    Write-Progress -Id 1 -Activity "Job $Id" -Completed
    # By the host itself: a pipeline that was stopped takes nothing more.
    if (-not $isThrough) {
      $Host.UI.WriteLine("The job goes on without you. To wait for it again: Get-GuestResetJob -Id $Id -Wait. " +
        "To stop it: Stop-GuestResetJob -Id $Id")
    }
  }
}

# @returns the error of a look at a job, with the job's id and what to type to come back to it
function Add-WayBack {
  param([System.Management.Automation.ErrorRecord] $Record, [string] $Id)
  $cause = $Record.Exception
  $isOurs = $cause -is [GuestResetException]
  $back = if ($isOurs -and $cause.Code -eq 'jobNotFound') {
    "Job $Id is gone, or no longer yours to see. To look for it: Get-GuestResetJob."
  } else {
    $signIn = if ($Record.CategoryInfo.Category -eq 'AuthenticationError') { 'Connect-GuestReset, then ' }
    "Job $Id goes on without you. To come back to it: ${signIn}Get-GuestResetJob -Id $Id -Wait."
  }
  $action = if ($isOurs -and $null -ne $Record.ErrorDetails) { $Record.ErrorDetails.RecommendedAction }
  $of = if ($isOurs) { @{ StatusCode = $cause.StatusCode; Problem = $cause.Problem; Code = $cause.Code } }
  else { @{ Code = 'waitFailed' } }
  return New-GuestResetError @of -Category $Record.CategoryInfo.Category -TargetObject $Id -Cause $cause `
    -RecommendedAction (@($action, $back | Where-Object { $_ }) -join ' ') -Message "$Record $back"
}

function New-PausedError {
  param($Job)
  $stop = $Job.PausedReason
  $resume = if ($stop.Scope -eq 'tenant') { 'Resume-GuestResetTenant' } else { "Resume-GuestResetJob -Id $($Job.Id)" }
  $action = if ($stop.Code -eq 'awaitingApproval') {
    "Somebody else, who has the role Manage, approves it with: $resume."
  } else { "When it may go on: $resume." }
  $action += " Then wait for it with: Get-GuestResetJob -Id $($Job.Id) -Wait."
  $message = "Job $($Job.Id) is paused: $($stop.Message) $action"
  $code = if ($stop.Code -eq 'awaitingApproval') { 'awaitingApproval' } else { 'jobPaused' }
  return New-GuestResetError -Code $code -Category ResourceUnavailable -StatusCode 409 -Message $message `
    -RecommendedAction $action -Problem $stop -TargetObject $Job.Id
}

function Write-JobProgress {
  param($Job)
  $progress = @{
    Id = 1
    Activity = "Job $($Job.Id): $($Job.Done) of $($Job.Total) guests$(if ($Job.DryRun) { ' (dry run)' })"
    Status = Get-ProgressText $Job
    PercentComplete = if ($Job.Total -gt 0) { [Math]::Floor(100 * $Job.Done / $Job.Total) } else { 0 }
  }
  if ($null -ne $Job.EstimatedCompletion) {
    $progress.SecondsRemaining = [int] [Math]::Max(0, ($Job.EstimatedCompletion - [DateTime]::UtcNow).TotalSeconds)
  }
  Write-Progress @progress
}

# Such as: 1180 reset, 20 failed, 19.4 a second; noAddress 12, guestNotFound 8
# The bar is at most 118 wide and cuts what does not fit, so what one misses least stands last.
function Get-ProgressText {
  param($Job)
  $parts = @("$($Job.Succeeded) $(if ($Job.DryRun) { 'would be reset' } else { 'reset' })")
  if ($Job.Failed -gt 0) { $parts += "$($Job.Failed) failed" }
  if ($Job.Skipped -gt 0) { $parts += "$($Job.Skipped) skipped" }
  if ($Job.Unknown -gt 0) { $parts += "$($Job.Unknown) unknown" }
  if ($Job.Canceled -gt 0) { $parts += "$($Job.Canceled) canceled" }
  if ($null -ne $Job.PausedReason) { $parts += 'resuming: one guest is tried first' }
  if ($null -ne $Job.ThrottledUntil) {
    $parts += "Graph asks to wait until $($Job.ThrottledUntil.ToString('HH:mm:ss')) UTC"
  }
  if ($null -ne $Job.StartedAt -and $Job.Done -gt 0) {
    $seconds = ([DateTime]::UtcNow - $Job.StartedAt).TotalSeconds
    if ($seconds -ge 1) {
      $parts += "$([string]::Format([cultureinfo]::InvariantCulture, '{0:0.0}', $Job.Done / $seconds)) a second"
    }
  } elseif ($null -ne $Job.NotBefore -and $Job.NotBefore -gt [DateTime]::UtcNow) {
    $parts = @("waits until $($Job.NotBefore.ToString('yyyy-MM-dd HH:mm')) UTC")
  }
  return "$($parts -join ', ')$(if ($Job.Failed -gt 0) { Get-CausesText $Job })"
}

# The three most frequent codes that are no success.
function Get-CausesText {
  param($Job)
  if ($null -eq $Job.ByCode) { return '' }
  $fine = @('reset', 'resetSeenInDirectory', 'wouldReset', 'resetRecently', 'pendingRecently', 'stateNotWanted',
    'otherDomain', 'canceled', 'notAfterPassed', 'outcomeUnknown')
  $causes = @($Job.ByCode.PSObject.Properties | Where-Object { $_.Name -notin $fine } |
      Sort-Object -Property Value -Descending | Select-Object -First 3 | ForEach-Object { "$($_.Name) $($_.Value)" })
  if ($causes.Count -eq 0) { return '' }
  return "; $($causes -join ', ')"
}
