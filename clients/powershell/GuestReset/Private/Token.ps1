# The access token: where it comes from, and when the next one is due.

# A token that ends within this time is not sent any more: clocks differ, and a request takes time.
$script:RenewBefore = [TimeSpan]::FromMinutes(5)

# @returns whom the service lets sign in: Audience is empty where nobody signs in
function Read-SignIn {
  param([Parameter(Mandatory)] $Connection)
  $document = (Invoke-GuestReset -Connection $Connection -Path '/openapi.json' -Anonymous).Body
  $tenantId = $null
  $clientId = $null
  foreach ($scheme in $document.components.securitySchemes.PSObject.Properties) {
    $flow = $scheme.Value.flows.clientCredentials
    $scope = @($flow.scopes.PSObject.Properties.Name)[0]
    # No token but one for an API of this kind: whoever answers here shall not choose what it is good for, nor what is
    # written on the command line of az.
    if ($scope -match '^api://([^/]+)/') { $clientId = $Matches[1] }
    $tenantId = @(([uri] $flow.tokenUrl).AbsolutePath.Split('/'))[1]
  }
  # Stands for a client id that is not set: a developer's machine.
  if ($clientId -eq [string] [guid]::Empty) { $clientId = $null }
  return [pscustomobject] @{ ClientId = $clientId; TenantId = $tenantId }
}

# Refuses what is no name of an app or a tenant: both come from whoever answers at the address, and go onto a command
# line, which on Windows cmd.exe reads (az is a .cmd): it takes & | % for its own.
function Assert-SignIn {
  param([string] $ClientId, [string] $TenantId)
  $guid = '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'
  $label = '[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?'
  $wrong = if ($ClientId -cnotmatch "\A$guid\z") { 'client id', 'a GUID', $ClientId }
  elseif ($TenantId -and $TenantId -cnotmatch "\A(?:$guid|$label(?:\.$label)+)\z") {
    'tenant', 'a GUID or the name of a domain', $TenantId
  }
  if ($null -eq $wrong) { return }
  throw (New-GuestResetError -Code 'invalidSignIn' -Category InvalidData -TargetObject $wrong[2] -Message (
      "The $($wrong[0]) to sign in with is not $($wrong[1]), and no token was asked for: '$($wrong[2])'. Is this the " +
      'address of a guest-reset service? To sign in by other means say -AccessToken to Connect-GuestReset.'))
}

# @returns what whichever is signed in of Azure PowerShell and Azure CLI gives; throws with what both said
function Get-AzureToken {
  param([string] $ClientId, [string] $TenantId)
  Assert-SignIn -ClientId $ClientId -TenantId $TenantId
  $reasons = @()
  if (Get-Command -Name Get-AzAccessToken -ErrorAction Ignore) {
    try {
      $where = @{ ResourceUrl = "api://$ClientId"; ErrorAction = 'Stop' }
      if ($TenantId) { $where.TenantId = $TenantId }
      return Get-AzAccessToken @where
    } catch {
      $reasons += "Get-AzAccessToken: $($_.Exception.Message)"
    }
  }
  if (Get-Command -Name az -CommandType Application -ErrorAction Ignore) {
    $arguments = @('account', 'get-access-token', '--scope', "api://$ClientId/.default", '--output', 'json')
    if ($TenantId) { $arguments += @('--tenant', $TenantId) }
    # Where errors end a script, Windows PowerShell would end it at the first line on stderr.
    $ErrorActionPreference = 'Continue'
    $said = @(& az @arguments 2>&1)
    if ($LASTEXITCODE -eq 0) {
      $lines = @($said | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
      return (($lines -join '') | ConvertFrom-Json).accessToken
    }
    $reasons += "az: $(@($said | ForEach-Object { "$_" }) -join ' ')"
  }
  if ($reasons.Count -eq 0) {
    $reasons = @('Neither Az.Accounts (Get-AzAccessToken) nor Azure CLI (az) is installed.')
  }
  throw (New-GuestResetError -Code 'noAccessToken' -Category AuthenticationError -Message (
      "There is no access token for api://$ClientId. $($reasons -join ' ') " +
      'Sign in with Connect-AzAccount or az login, or say -AccessToken to Connect-GuestReset.'))
}

# @returns the token as plain text; empty where nobody signs in. A new one shortly before the old one ends.
function Get-Token {
  param([Parameter(Mandatory)] $Connection, [switch] $Anew)
  $source = $Connection.TokenSource
  if ($null -eq $source) { return $null }
  $ends = $Connection.TokenEnds
  $isDue = $Anew -or ($null -ne $ends -and $ends - $script:RenewBefore -lt [DateTime]::UtcNow)
  if ($null -eq $Connection.Token -or ($isDue -and $source -isnot [securestring])) {
    $Connection.Token = Protect-Token $(
      if ($source -is [scriptblock]) { Invoke-TokenScript $source }
      elseif ($source -is [securestring]) { $source }
      else { Get-AzureToken -ClientId $Connection.ClientId -TenantId $Connection.TenantId })
  }
  $plain = [System.Net.NetworkCredential]::new('', $Connection.Token).Password
  $Connection.TokenEnds = Get-TokenEnd $plain
  return $plain
}

# @returns what a script of the caller gives for a token
function Invoke-TokenScript {
  param([scriptblock] $Script)
  try {
    return & $Script
  } catch [System.Management.Automation.PipelineStoppedException] {
    throw
  } catch {
    throw (New-GuestResetError -Code 'noAccessToken' -Category AuthenticationError -Cause $_.Exception -Message (
        "The script of -AccessToken gave no token: $($_.Exception.Message)"))
  }
}

# A token in whatever form it came: text, SecureString, or what Get-AzAccessToken gives (text in older versions).
function Protect-Token {
  param([object] $Said)
  $token = @($Said)[-1]
  if ($null -ne $token -and $token -isnot [string] -and $token -isnot [securestring]) { $token = $token.Token }
  if ($token -is [securestring]) { return $token }
  if ([string]::IsNullOrWhiteSpace($token)) {
    throw (New-GuestResetError -Code 'noAccessToken' -Category AuthenticationError -Message (
        'What was asked for a token gave none. It must give text, a SecureString, or what Get-AzAccessToken gives.'))
  }
  return [System.Net.NetworkCredential]::new('', $token.Trim()).SecurePassword
}

# When the token ends (UTC), as it says itself; nothing where it cannot be read.
function Get-TokenEnd {
  param([string] $Token)
  $parts = $Token.Split('.')
  if ($parts.Count -ne 3) { return $null }
  $payload = $parts[1].Replace('-', '+').Replace('_', '/')
  $payload = $payload.PadRight($payload.Length + (4 - $payload.Length % 4) % 4, '=')
  try {
    $claims = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($payload)) | ConvertFrom-Json
    return [DateTimeOffset]::FromUnixTimeSeconds([long] $claims.exp).UtcDateTime
  } catch {
    return $null
  }
}
