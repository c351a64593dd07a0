function Get-GuestResetGuest {
  <#
  .SYNOPSIS
  Tells how a guest stands in the directory now, and whether a reset would be done.

  .DESCRIPTION
  Looks, and changes nothing. Needs the role Read or Manage.

  .PARAMETER User
  The guest, by object id, UPN or address, or as an object with an Id.

  .OUTPUTS
  GuestReset.Guest

  .EXAMPLE
  Get-GuestResetGuest -User jonas.zeman@adatum.example

  Whether the invitation is open, and why a reset would not be done.

  .LINK
  Get-GuestResetHistory
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.Guest')]
  param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [object] $User)
  process {
    try {
      $path = "/guests/$([uri]::EscapeDataString((Get-UserIdOf $User)))"
      $guest = (Invoke-GuestReset -Path $path).Body
      [pscustomobject] @{
        PSTypeName        = 'GuestReset.Guest'
        Id                = $guest.id
        DisplayName       = ConvertTo-Text (Read-Member $guest 'displayName')
        UserPrincipalName = Read-Member $guest 'userPrincipalName'
        Mail              = Read-Member $guest 'mail'
        OtherMails        = @(Read-Member $guest 'otherMails' | Where-Object { $null -ne $_ })
        UserType          = Read-Member $guest 'userType'
        InvitationState   = Read-Member $guest 'externalUserState'
        InvitationSince   = ConvertTo-Time (Read-Member $guest 'externalUserStateChangeDateTime')
        AccountEnabled    = Read-Member $guest 'accountEnabled'
        CreatedAt         = ConvertTo-Time (Read-Member $guest 'createdDateTime')
        Resettable        = $guest.resettable
        Code              = Read-Member $guest 'code'
        Message           = ConvertTo-CommandWords (Read-Member $guest 'message')
        NextStep          = ConvertTo-CommandWords (Read-Member $guest 'nextStep')
        Warnings          = @(Read-Member $guest 'warnings' | Where-Object { $null -ne $_ })
        ReadAt            = ConvertTo-Time $guest.readAt
      }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function Get-GuestResetHistory {
  <#
  .SYNOPSIS
  Tells every reset that was tried for a guest, by whom and why, newest first.

  .DESCRIPTION
  Also of jobs that were deleted, without addresses then. Whoever has neither Read nor Manage sees what they submitted.

  .PARAMETER User
  The guest, by object id, UPN or address, or as an object with an Id.

  .PARAMETER First
  At most so many resets. Default: 20.

  .OUTPUTS
  GuestReset.PastReset

  .EXAMPLE
  Get-GuestResetHistory -User jonas.zeman@adatum.example

  When the guest was reset, in which job, and who wanted it.

  .LINK
  Get-GuestResetGuest
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.PastReset')]
  param(
    [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [object] $User,
    [ValidateRange(1, 2147483647)] [int] $First = 20
  )
  process {
    try {
      $path = "/guests/$([uri]::EscapeDataString((Get-UserIdOf $User)))/resets"
      Read-Pages -Path $path -Query @{ pageSize = [Math]::Min($First, 100) } | ForEach-Object { $_ } |
        Select-Object -First $First | ForEach-Object { ConvertTo-PastReset $_ }
    } catch { $PSCmdlet.ThrowTerminatingError($_) }
  }
}

function ConvertTo-PastReset {
  param($Reset)
  return [pscustomobject] @{
    PSTypeName  = 'GuestReset.PastReset'
    TriedAt     = ConvertTo-Time $Reset.triedAt
    Status      = Read-Member $Reset 'status'
    Code        = Read-Member $Reset 'code'
    Message     = ConvertTo-CommandWords (Read-Member $Reset 'message')
    JobId       = $Reset.jobId
    JobDeleted  = $true -eq (Read-Member $Reset 'jobDeleted')
    Row         = $Reset.row
    SubmittedBy = Get-NameOf (Read-Member $Reset 'submittedBy')
    Reason      = ConvertTo-Text (Read-Member $Reset 'reason')
    Reference   = ConvertTo-Text (Read-Member $Reset 'reference')
    MailTo      = Read-Member $Reset 'mailTo'
    Redemption  = Read-Member $Reset 'redemption'
    EndedAt     = ConvertTo-Time (Read-Member $Reset 'endedAt')
  }
}
