function Reset-GuestRedemption {
  <#
  .SYNOPSIS
  Resets the redemption status of guests: one, or all that come through the pipeline, as one job.

  .DESCRIPTION
  Each guest must redeem an invitation again, and keeps object id, groups and app assignments. Nobody of them can sign
  in until then, and there is no undo: rehearse with -WhatIf.

  The parameters are named as those of New-AzureADMSInvitation and New-MgInvitation, so the line of a script stays as it
  is: put Reset-GuestRedemption in place of the old command. All that comes through a pipeline becomes one job, which
  the service works through at the pace that Microsoft Graph allows.

  Before Microsoft mails more than 20 guests, the command asks. -Force or -Confirm:$false say yes beforehand.

  .PARAMETER InvitedUserEmailAddress
  The address to invite. It names the guest where nothing else does. A new one is added to the guest, and the old one is
  kept.

  .PARAMETER InvitedUserId
  The guest, by object id. Users of Get-MgUser come through the pipeline with it (Id).

  .PARAMETER InvitedUser
  The guest, as an object with an Id: what Get-MgUser or Get-AzureADUser gave, or the object id itself.

  .PARAMETER User
  The guest, by object id, UPN (with #EXT#) or address.

  .PARAMETER UserPrincipalName
  The guest, by UPN.

  .PARAMETER Mail
  The guest, by the address in mail.

  .PARAMETER SendInvitationMessage
  $true: Microsoft mails the guest. $false: nobody does, and the results have InviteRedeemUrl. It must be said, here or
  in each row, unless the service has a default.

  .PARAMETER InviteRedirectUrl
  Where the guest lands after redeeming: an https address. Default: My Apps of the tenant.

  .PARAMETER ResetRedemption
  For lines that had it: $true is what this command does anyway. $false is refused.

  .PARAMETER AddEmailTo
  Where a new address goes: mail (default), otherMails, or none.

  .PARAMETER MessageLanguage
  Of Microsoft's mail, such as de-DE.

  .PARAMETER Reference
  Your own words for the guest, given back with the result.

  .PARAMETER InputObject
  What comes through the pipeline: names of guests as text, or objects whose properties are called as the parameters.

  .PARAMETER Reason
  Shown with the job, and kept. Do not write what must be deletable.

  .PARAMETER PauseAfter
  Stops the job after so many guests, until somebody resumes it.

  .PARAMETER SkipIfResetWithinHours
  Whoever was reset within so many hours is skipped. Default: 24.

  .PARAMETER OnlyIf
  Whom the job is for: pending (has not redeemed), accepted (has redeemed, or has no open invitation), or any.

  .PARAMETER NotBefore
  Nothing is sent before this time.

  .PARAMETER NotAfter
  Nothing is sent from this time on; who is left is canceled.

  .PARAMETER IdempotencyKey
  The same key with the same guests gives the same job, however often it is sent. Default: a new one for each command,
  kept over its own repeats.

  .PARAMETER AllowDuplicate
  Submits also what was submitted within the hour by the same person: more than 20 guests, the same list and options.

  .PARAMETER Wait
  Waits for the end of the job. Ctrl-C leaves the job running.

  .PARAMETER Force
  Does not ask before Microsoft mails more than 20 guests.

  .PARAMETER WhatIf
  A dry run: the service looks every guest up, tells what would happen, and sends nothing. Waits for its end.

  .INPUTS
  Text, or objects with properties that are called as the parameters: users of Get-MgUser, rows of Import-Csv, results
  of Get-GuestResetResult.

  .OUTPUTS
  GuestReset.Job

  .EXAMPLE
  Reset-GuestRedemption -InvitedUserEmailAddress quentin.quinn@personal.example -SendInvitationMessage $true -Wait

  Resets one guest, has Microsoft mail the invitation, and waits until that is done.

  .EXAMPLE
  Import-Csv samples/guests.csv | Reset-GuestRedemption -Reason 'fabrikam moved' -WhatIf

  Rehearses a list: ByCode of the job says how many would be reset, and what is wrong with the others.

  .EXAMPLE
  Import-Csv samples/guests.csv | Reset-GuestRedemption -Wait -Force | Get-GuestResetResult | Export-Csv results.csv

  Resets the guests of a list as one job, waits, and writes what became of each guest into a file.

  .EXAMPLE
  (Reset-GuestRedemption -Mail yusuf.horvat@personal.example -SendInvitationMessage 0 -Wait).Results.InviteRedeemUrl

  Mails nobody, and gives the link that the guest needs. It is a secret.

  .LINK
  Start-GuestResetJob

  .LINK
  Get-GuestResetResult
  #>
  [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
  [OutputType('GuestReset.Job')]
  param(
    [Parameter(ValueFromPipelineByPropertyName)] [Alias('InviteeEmail')] [string] $InvitedUserEmailAddress,
    [Parameter(ValueFromPipelineByPropertyName)] [YesOrNoAttribute()] [Nullable[bool]] $SendInvitationMessage,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $InviteRedirectUrl,
    [Parameter(ValueFromPipelineByPropertyName)] [Alias('Id', 'ObjectId', 'Object Id', 'GuestId')]
    [string] $InvitedUserId,
    [Parameter(ValueFromPipelineByPropertyName)] [object] $InvitedUser,
    [Parameter(ValueFromPipelineByPropertyName)] [object] $User,
    [Parameter(ValueFromPipelineByPropertyName)] [Alias('Upn', 'User principal name')] [string] $UserPrincipalName,
    [Parameter(ValueFromPipelineByPropertyName)] [Alias('Email', 'E-mail')] [string] $Mail,
    [Parameter(ValueFromPipelineByPropertyName)] [YesOrNoAttribute()] [Nullable[bool]] $ResetRedemption,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $AddEmailTo,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $MessageLanguage,
    [Parameter(ValueFromPipelineByPropertyName)] [string] $Reference,
    [Parameter(ValueFromPipeline)] [object] $InputObject,
    [string] $Reason,
    [Nullable[int]] $PauseAfter,
    [Nullable[double]] $SkipIfResetWithinHours,
    [ValidateSet('any', 'pending', 'accepted')] [string] $OnlyIf,
    [Nullable[DateTime]] $NotBefore,
    [Nullable[DateTime]] $NotAfter,
    [ValidateLength(1, 255)] [string] $IdempotencyKey,
    [switch] $AllowDuplicate,
    [switch] $Wait,
    [switch] $Force
  )
  begin {
    try { [void] (Get-Connection) } catch { $PSCmdlet.ThrowTerminatingError($_) }
    # One entry a line, as NDJSON has it, and as it goes out: a file of them would outlive a crash.
    $lines = [System.IO.MemoryStream]::new()
    $writer = [System.IO.StreamWriter]::new($lines, [System.Text.UTF8Encoding]::new($false))
    $writer.NewLine = "`n"
    $count = 0
    $mails = 0
  }
  process {
    try {
      $entry = New-ResetEntry $PSBoundParameters $InputObject
      if ($null -eq $entry) { return }
      $count++
      # What the service's default is nobody knows here: it may be mail.
      if ($entry['sendInvitationMessage'] -ne $false) { $mails++ }
      $writer.WriteLine((ConvertTo-Json -InputObject $entry -Compress -Depth 3))
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
  end {
    try {
      # As an empty list, or a filter that found nobody.
      if ($count -eq 0) { return }
      $writer.Flush()
      if (-not $WhatIfPreference) {
        if (-not $PSCmdlet.ShouldProcess("$count guests", 'Reset the redemption status')) { return }
        $mails = Get-MailsBeforePause $mails $PauseAfter
        if (-not (Confirm-Mail -Cmdlet $PSCmdlet -Count $mails -Force:$Force)) { return }
      }
      $body = $lines.ToArray()
      $content = {
        $made = [System.Net.Http.ByteArrayContent]::new($body)
        [void] $made.Headers.TryAddWithoutValidation('Content-Type', 'application/x-ndjson')
        $made
      }.GetNewClosure()
      $query = @{
        reason = $(if ($Reason) { $Reason }); pauseAfter = $PauseAfter; skipIfResetWithinHours = $SkipIfResetWithinHours
        onlyIf = $(if ($OnlyIf) { $OnlyIf }); notBefore = $NotBefore; notAfter = $NotAfter
      }
      Submit-Job -Cmdlet $PSCmdlet -Path '/jobs' -Query $query -Content $content -IdempotencyKey $IdempotencyKey `
        -AllowDuplicate:$AllowDuplicate -Wait:$Wait -DryRun:$WhatIfPreference
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

# An entry as the service takes it, of what one object of the pipeline and the command line say.
# @returns nothing where nothing came: an empty pipeline has no object
function New-ResetEntry {
  param($Said, [object] $InputObject)
  $name = $null
  if ($null -ne $Said['User']) { $name = Get-UserIdOf $Said['User'] }
  if (-not $name -and $InputObject -is [string]) { $name = $InputObject.Trim() }
  $id = $Said['InvitedUserId']
  if (-not $id -and $null -ne $Said['InvitedUser']) { $id = Get-UserIdOf $Said['InvitedUser'] }
  $invited = [ordered] @{}
  if ($id) { $invited.id = $id }
  foreach ($pair in @(@('UserPrincipalName', 'userPrincipalName'), @('Mail', 'mail'))) {
    if ($Said[$pair[0]]) { $invited[$pair[1]] = $Said[$pair[0]] }
  }
  $entry = [ordered] @{}
  # An object id goes before every other name, as in the columns of a list.
  if ($name -and -not $id) { $entry.user = $name }
  if ($invited.Count -gt 0) { $entry.invitedUser = $invited }
  if ($Said['InvitedUserEmailAddress']) { $entry.invitedUserEmailAddress = $Said['InvitedUserEmailAddress'] }
  if ($entry.Count -eq 0) {
    if ($InputObject -is [string] -and $InputObject.Trim() -eq '') { return $null }
    throw (New-GuestResetError -Code 'missingUser' -Category InvalidArgument -TargetObject $InputObject -Message (
        'Nothing names a guest. Say -InvitedUserEmailAddress, -InvitedUserId or -User, or pipe objects with such a ' +
        'property; a list with columns of other names takes Start-GuestResetJob -Path.'))
  }
  foreach ($pair in @(@('SendInvitationMessage', 'sendInvitationMessage'), @('ResetRedemption', 'resetRedemption'))) {
    if ($null -ne $Said[$pair[0]]) { $entry[$pair[1]] = [bool] $Said[$pair[0]] }
  }
  $texts = @(@('InviteRedirectUrl', 'inviteRedirectUrl'), @('AddEmailTo', 'addEmailTo'), @('Reference', 'reference'))
  foreach ($pair in $texts) { if ($Said[$pair[0]]) { $entry[$pair[1]] = $Said[$pair[0]] } }
  if ($Said['MessageLanguage']) { $entry.invitedUserMessageInfo = @{ messageLanguage = $Said['MessageLanguage'] } }
  return $entry
}
