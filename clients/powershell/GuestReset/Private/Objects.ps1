# What the service answers, as objects of fixed properties: Export-Csv takes its columns from the first one.

# PowerShell 7 makes a time of every text that looks like one, a reference too, unless it is asked not to.
$script:JsonOptions = @{}
if ((Get-Command -Name ConvertFrom-Json).Parameters.ContainsKey('DateKind')) { $script:JsonOptions.DateKind = 'String' }

function ConvertFrom-Body {
  param($Response, [string] $Text)
  if ([string]::IsNullOrWhiteSpace($Text)) { return $null }
  $type = "$($Response.Content.Headers.ContentType)"
  if ($type -notmatch 'json') { return $null }
  $options = $script:JsonOptions
  return $Text | ConvertFrom-Json @options
}

# A member of an object that may not have it. Strict mode throws otherwise.
function Read-Member {
  param($From, [string] $Name)
  if ($null -eq $From) { return $null }
  $property = $From.PSObject.Properties[$Name]
  if ($null -eq $property) { return $null }
  return $property.Value
}

$script:Utc = [System.Xml.XmlDateTimeSerializationMode]::Utc

# @returns the moment in UTC; nothing for nothing
function ConvertTo-Time {
  param($Text)
  if ($null -eq $Text) { return $null }
  if ($Text -is [DateTime]) { return $Text.ToUniversalTime() }
  return [System.Xml.XmlConvert]::ToDateTime($Text, $script:Utc)
}

# Text that came as text, also where ConvertFrom-Json took it for a time (PowerShell 7.0 to 7.4).
function ConvertTo-Text {
  param($Value)
  if ($Value -is [DateTime]) {
    return $Value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.FFFFFFFK', [cultureinfo]::InvariantCulture)
  }
  return $Value
}

# @param Job as the service shows it
function ConvertTo-GuestResetJob {
  param($Job)
  $counts = Read-Member $Job 'counts'
  if ($null -eq $counts) {
    throw (New-GuestResetError -Code 'unexpectedAnswer' -Category InvalidResult -Message (
        'What was answered is no job. Is this the address of a guest-reset service, and does nothing else answer in ' +
        'its place?'))
  }
  $paused = Read-Member $Job 'pausedReason'
  $approval = Read-Member $Job 'approval'
  $resets = Read-Member $Job 'resets'
  return [pscustomobject] @{
    PSTypeName          = 'GuestReset.Job'
    Id                  = $Job.id
    Status              = $Job.status
    Total               = $Job.total
    Done                = $Job.done
    Succeeded           = $counts.succeeded
    Failed              = $counts.failed
    Skipped             = $counts.skipped
    Unknown             = $counts.unknown
    Canceled            = $counts.canceled
    Pending             = $counts.pending + $counts.sending
    HasEnded            = $null -ne (Read-Member $Job 'endedAt')
    DryRun              = $true -eq (Read-Member $Job 'dryRun')
    Reason              = ConvertTo-Text (Read-Member $Job 'reason')
    PausedReason        = ConvertTo-PausedReason $paused
    ByCode              = Read-Member $Job 'byCode'
    Causes              = Get-CausesOf (Read-Member $Job 'byCode')
    ByWarning           = Read-Member $Job 'byWarning'
    Summary             = Read-Member $Job 'summary'
    Warnings            = @(Read-Member $Job 'warnings' | Where-Object { $null -ne $_ })
    CreatedAt           = ConvertTo-Time (Read-Member $Job 'createdAt')
    StartedAt           = ConvertTo-Time (Read-Member $Job 'startedAt')
    EndedAt             = ConvertTo-Time (Read-Member $Job 'endedAt')
    EstimatedCompletion = ConvertTo-Time (Read-Member $Job 'estimatedCompletion')
    ThrottledUntil      = ConvertTo-Time (Read-Member $Job 'throttledUntil')
    NotBefore           = ConvertTo-Time (Read-Member $Job 'notBefore')
    NotAfter            = ConvertTo-Time (Read-Member $Job 'notAfter')
    PauseAfter          = Read-Member $Job 'pauseAfter'
    RetryOf             = Read-Member $Job 'retryOf'
    SubmittedBy         = Get-NameOf (Read-Member $Job 'submittedBy')
    ApprovedBy          = Get-NameOf (Read-Member $approval 'by')
    ApprovedAt          = ConvertTo-Time (Read-Member $approval 'at')
    Options             = Read-Member $Job 'options'
    RowsSay             = Read-Member $Job 'rowsSay'
    Check               = Read-Member $Job 'check'
    Actions             = @(Read-Member $Job 'actions' | Where-Object { $null -ne $_ })
    Url                 = $Job.links.self
    # Of a job of at most twenty; of others Get-GuestResetResult gets them.
    Results             = @(ConvertTo-GuestResetResult $resets $Job.id)
  }
}

# What is no cause to look into.
$script:GoodCodes = @('reset', 'resetSeenInDirectory', 'wouldReset')

# Why guests were not reset, skipped ones too, the most frequent first: guestNotFound 2, resetRecently 1
function Get-CausesOf {
  param($ByCode)
  if ($null -eq $ByCode) { return '' }
  $causes = $ByCode.PSObject.Properties | Where-Object { $_.Name -notin $script:GoodCodes -and $_.Value -gt 0 } |
    Sort-Object -Property Value -Descending | ForEach-Object { "$($_.Name) $($_.Value)" }
  return @($causes) -join ', '
}

# Of somebody who did something: the name, or the id where no name is known.
function Get-NameOf {
  param($Actor)
  $name = Read-Member $Actor 'name'
  if ($null -ne $name) { return $name }
  return Read-Member $Actor 'id'
}

function ConvertTo-PausedReason {
  param($Stop)
  if ($null -eq $Stop) { return $null }
  return [pscustomobject] @{
    PSTypeName = 'GuestReset.PausedReason'
    Code       = $Stop.code
    Scope      = Read-Member $Stop 'scope'
    Message    = ConvertTo-CommandWords $Stop.message
    NextStep   = ConvertTo-CommandWords (Read-Member $Stop 'nextStep')
    Since      = ConvertTo-Time (Read-Member $Stop 'since')
    IsResuming = $true -eq (Read-Member $Stop 'resuming')
  }
}

# The resets of a page. There may be 200,000 of them in all, so what most of them have not costs no call.
# The service's `mail` is MailedBy here: a result that is piped to Reset-GuestRedemption must not name a guest by it.
function ConvertTo-GuestResetResult {
  param($Resets, [string] $JobId)
  # A member that is not there is nothing.
  Set-StrictMode -Off
  foreach ($of in $Resets) {
    $reference = $of.reference
    if ($reference -is [DateTime]) { $reference = ConvertTo-Text $reference }
    # Codes with blanks between, as in the service's own CSV: a spreadsheet has no lists.
    $warnings = $of.warnings
    if ($null -ne $warnings) { $warnings = @($warnings.code) -join ' ' }
    $startedAt = $of.startedAt
    if ($null -ne $startedAt) { $startedAt = ConvertTo-Time $startedAt }
    $endedAt = $of.endedAt
    if ($null -ne $endedAt) { $endedAt = ConvertTo-Time $endedAt }
    $nextTryAt = $of.nextTryAt
    if ($null -ne $nextTryAt) { $nextTryAt = ConvertTo-Time $nextTryAt }
    $checkedAt = $of.checkedAt
    if ($null -ne $checkedAt) { $checkedAt = ConvertTo-Time $checkedAt }
    # What the list says beside the name: of an object id people know nobody.
    $submittedAs = $of.submittedAs
    if ($null -ne $submittedAs) {
      $submittedAs = @($submittedAs.displayName, $submittedAs.mail, $submittedAs.userPrincipalName) -ne $null -join ', '
    }
    [pscustomobject] @{
      PSTypeName              = 'GuestReset.Result'
      JobId                   = $JobId
      Row                     = $of.row
      User                    = $of.user
      SubmittedAs             = $submittedAs
      Reference               = $reference
      Status                  = $of.status
      Code                    = $of.code
      Message                 = ConvertTo-CommandWords $of.message
      NextStep                = ConvertTo-CommandWords $of.nextStep
      Retryable               = $of.retryable
      Warnings                = $warnings
      GuestId                 = $of.guestId
      MailedBy                = $of.mail
      MailTo                  = $of.mailTo
      MessageLanguage         = $of.messageLanguage
      Attempts                = $of.attempts
      StartedAt               = $startedAt
      EndedAt                 = $endedAt
      NextTryAt               = $nextTryAt
      Verification            = $of.verification
      Redemption              = $of.redemption
      CheckedAt               = $checkedAt
      UserPrincipalNameBefore = $of.userPrincipalNameBefore
      UserPrincipalNameAfter  = $of.userPrincipalNameAfter
      MailBefore              = $of.mailBefore
      MailAfter               = $of.mailAfter
      WouldMailTo             = $of.would.mailTo
      WouldAddEmail           = $of.would.addEmail
      OtherJobId              = $of.otherJob.id
      GraphRequestId          = $of.graphRequestId
      InvitationId            = $of.invitationId
      # A secret: whoever holds it can start the redemption. In no view, only here.
      InviteRedeemUrl         = $of.inviteRedeemUrl
    }
  }
}
