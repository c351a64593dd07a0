function Remove-GuestResetJob {
  <#
  .SYNOPSIS
  Deletes a job that has ended, with its results.

  .DESCRIPTION
  The history of each guest keeps the id, the outcome and the reference, and the audit keeps who did what. There is no
  undo, so it asks; -Confirm:$false says yes beforehand.

  .PARAMETER Id
  Of the job. Jobs come through the pipeline with it.

  .EXAMPLE
  Get-GuestResetJob -DryRun $true -Status completed | Remove-GuestResetJob -WhatIf

  Which of the newest rehearsals would be deleted.

  .LINK
  Remove-GuestResetHistory
  #>
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)] [Alias('JobId')] [string[]] $Id
  )
  process {
    try {
      foreach ($each in $Id) {
        if (-not $PSCmdlet.ShouldProcess("Job $each and its results", 'Delete')) { continue }
        [void] (Invoke-GuestReset -Method DELETE -Path "/jobs/$([uri]::EscapeDataString($each))")
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function Remove-GuestResetHistory {
  <#
  .SYNOPSIS
  Takes a guest out of all that is kept of resets. The directory stays as it is.

  .DESCRIPTION
  Out of results and texts of ended jobs, and out of the history. While a job that has not ended has the guest, nothing
  is erased. Needs the role Manage. There is no undo, so it asks; -Confirm:$false says yes beforehand. Waits until it is
  done; after Ctrl-C it may go on.

  .PARAMETER User
  The guest, best by object id: also by UPN or address, or as an object with an Id.

  .OUTPUTS
  GuestReset.Erasure

  .EXAMPLE
  Remove-GuestResetHistory -User jonas.zeman@adatum.example -WhatIf

  Whose data would be erased.

  .LINK
  Get-GuestResetHistory
  #>
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
  [OutputType('GuestReset.Erasure')]
  param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [object] $User)
  process {
    try {
      $name = Get-UserIdOf $User
      if (-not $PSCmdlet.ShouldProcess("All that is kept of guest $name", 'Erase')) { return }
      $path = "/guests/$([uri]::EscapeDataString($name))/history"
      while (($answer = Invoke-GuestReset -Method DELETE -Path $path).Body.status -eq 'erasing') {
        $pause = [TimeSpan]::FromSeconds([Math]::Max(1, $answer.RetryAfter))
        Wait-WithProgress -For $pause -Why 'The guest is being erased.'
      }
      $erased = $answer.Body.erased
      [pscustomobject] @{
        PSTypeName = 'GuestReset.Erasure'
        Resets     = $erased.resets
        Jobs       = $erased.jobs
        Texts      = $erased.texts
        Rows       = $erased.rows
        Kept       = @($answer.Body.kept | ForEach-Object { ConvertTo-CommandWords $_ })
        Lost       = @($answer.Body.lost | ForEach-Object { ConvertTo-CommandWords $_ })
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}
