# What may be said where a parameter takes true or false: the cells of a CSV are text.

class YesOrNoAttribute : System.Management.Automation.ArgumentTransformationAttribute {
  # The words are those that the service takes in a CSV. A blank one says nothing.
  [object] Transform([System.Management.Automation.EngineIntrinsics] $engine, [object] $said) {
    if ($said -isnot [string]) { return $said }
    $word = $said.Trim()
    if ($word -eq '') { return $null }
    if ($word -eq 'true' -or $word -eq '1') { return $true }
    if ($word -eq 'false' -or $word -eq '0') { return $false }
    throw [System.Management.Automation.ArgumentTransformationMetadataException]::new(
      "Write true or false, or 1 or 0, not '$said'.")
  }
}

# The object id that a parameter such as -InvitedUser says: of a user as other modules give it, or as text.
function Get-UserIdOf {
  param([object] $User)
  if ($null -eq $User) { return $null }
  if ($User -is [string] -or $User -is [guid]) { return [string] $User }
  foreach ($name in @('Id', 'ObjectId', 'InvitedUserId', 'GuestId')) {
    $property = $User.PSObject.Properties[$name]
    if ($null -ne $property -and "$($property.Value)" -ne '') { return [string] $property.Value }
  }
  throw (New-GuestResetError -Code 'invalidUser' -Category InvalidArgument -TargetObject $User -Message (
      'The user has no property Id. Name the guest by object id, UPN or address.'))
}
