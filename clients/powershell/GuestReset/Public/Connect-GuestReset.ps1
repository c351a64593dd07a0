function Connect-GuestReset {
  <#
  .SYNOPSIS
  Names the guest-reset service that the other commands of this session ask, and signs in to it.

  .DESCRIPTION
  The token comes from whichever is signed in of Azure PowerShell (Get-AzAccessToken of Az.Accounts) and Azure CLI (az),
  for the app registration that the service names itself; or from -AccessToken. Nobody signs in to a service on this
  machine that asks nobody to. A new token is fetched before the old one ends, so a command may wait for hours.

  The sign-in is tried at once. It is kept in this session only, and nowhere on disk.

  .PARAMETER Url
  Where the service is: https://<app>.azurewebsites.net/api, with or without /api. Default: the environment variable
  GUEST_RESET_URL. Only https, but for a service on this machine.

  .PARAMETER AccessToken
  A token as SecureString, which is used until it ends; or a script that gives one whenever it is run, as text, as
  SecureString or as Get-AzAccessToken gives it.

  .PARAMETER ClientId
  Client id of the app registration of the service. Default: the service is asked.

  .PARAMETER PatienceSeconds
  For how long a command asks again, in all, where the service is busy or its answer got lost.

  .OUTPUTS
  GuestReset.Connection

  .EXAMPLE
  Connect-GuestReset -Url http://localhost:7071/api

  A service on this machine, as npm start runs it: nobody signs in.

  .EXAMPLE
  Connect-AzAccount; Connect-GuestReset -Url https://resets.azurewebsites.net/api

  Signs in with Azure PowerShell, and takes its token.

  .EXAMPLE
  Connect-GuestReset https://resets.azurewebsites.net/api -AccessToken { Get-AzAccessToken -ResourceUrl api://$id }

  Takes tokens from a script of yours, here from Azure PowerShell under another name.

  .LINK
  Reset-GuestRedemption
  #>
  [CmdletBinding()]
  [OutputType('GuestReset.Connection')]
  param(
    [Parameter(Position = 0)] [string] $Url = $env:GUEST_RESET_URL,
    [object] $AccessToken,
    [string] $ClientId,
    [ValidateRange(0, 86400)] [int] $PatienceSeconds = 300
  )
  try {
    $address = Get-ServiceAddress $Url
    if ($null -ne $AccessToken -and $AccessToken -isnot [securestring] -and $AccessToken -isnot [scriptblock]) {
      throw (New-GuestResetError -Code 'invalidAccessToken' -Category InvalidArgument -Message (
          '-AccessToken takes a SecureString, or a script that gives a token: text on a command line is kept in its ' +
          'history.'))
    }
    $new = [pscustomobject] @{
      Url         = $address.AbsoluteUri.TrimEnd('/')
      ClientId    = $ClientId
      TenantId    = $null
      Client      = New-HttpClient
      TokenSource = $AccessToken
      Token       = $null
      TokenEnds   = $null
      Patience    = [TimeSpan]::FromSeconds($PatienceSeconds)
    }
    if ($null -eq $AccessToken) {
      $signIn = Read-SignIn $new
      if (-not $new.ClientId) { $new.ClientId = $signIn.ClientId }
      $new.TenantId = $signIn.TenantId
      if ($new.ClientId) { $new.TokenSource = 'azure' }
    }
    # Whoever may not even list jobs finds out now.
    [void] (Invoke-GuestReset -Connection $new -Path '/jobs' -Query @{ pageSize = 1 })
    $script:Connection = $new
    return [pscustomobject] @{
      PSTypeName = 'GuestReset.Connection'
      Url        = $new.Url
      SignsIn    = $null -ne $new.TokenSource
      ClientId   = $new.ClientId
      TenantId   = $new.TenantId
    }
  } catch { $PSCmdlet.ThrowTerminatingError($_) }
}

function Disconnect-GuestReset {
  <#
  .SYNOPSIS
  Forgets the service and the token of this session.

  .EXAMPLE
  Disconnect-GuestReset

  .LINK
  Connect-GuestReset
  #>
  [CmdletBinding()]
  param()
  if ($null -ne $script:Connection) { $script:Connection.Client.Dispose() }
  $script:Connection = $null
}

# The address of the API. Throws where it is none, or a token would travel in the clear.
function Get-ServiceAddress {
  param([string] $Url)
  $address = $null
  $isAddress = [uri]::TryCreate("$Url".Trim(), [UriKind]::Absolute, [ref] $address)
  if (-not $isAddress -or $address.Scheme -notin @('http', 'https')) {
    throw (New-GuestResetError -Code 'invalidUrl' -Category InvalidArgument -TargetObject $Url -Message (
        'Say where the service is: Connect-GuestReset -Url https://<your service>/api, or set GUEST_RESET_URL.'))
  }
  if ($address.Scheme -eq 'http' -and -not $address.IsLoopback) {
    throw (New-GuestResetError -Code 'invalidUrl' -Category InvalidArgument -TargetObject $Url -Message (
        "$Url is not https: a token would travel in the clear. Only a service on this machine is asked by http."))
  }
  if ($address.AbsolutePath -eq '/') { $address = [uri]::new($address, '/api') }
  return [uri] $address.GetLeftPart([UriPartial]::Path)
}
