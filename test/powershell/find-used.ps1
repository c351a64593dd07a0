# What a text uses: commands with their parameters, variables, and the syntax that Windows PowerShell does not have.
using namespace System.Management.Automation.Language

function Find-Used {
  param([string] $Text, [string] $File)
  $errors = $null
  $tokens = $null
  $tree = [Parser]::ParseInput($Text, [ref] $tokens, [ref] $errors)
  $tell = {
    param($Kind, $Name, $At, $Parameters = @())
    $where = "$($File):$($At.StartLineNumber)"
    [pscustomobject] @{ kind = $Kind; name = $Name; parameters = @($Parameters); where = $where }
  }
  foreach ($each in $errors) { & $tell error $each.Message $each.Extent }
  $newer = @('QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd',
    'OrOr', 'Clean')
  foreach ($token in $tokens) {
    $isNewNumber = $token.Kind -eq 'Number' -and $token.Text -notmatch '^0x' -and
      $token.Text -match '^0b|(u|us|ul|s|y|uy|n)$'
    $isNewEscape = $token.Kind -like '*Expandable' -and $token.Text -match '(?<!`)`(e|u\{)'
    if ([string] $token.Kind -in $newer -or $isNewNumber -or $isNewEscape) { & $tell syntax $token.Text $token.Extent }
  }
  foreach ($node in $tree.FindAll({ $true }, $true)) {
    if ($node -is [TernaryExpressionAst] -or $node -is [PipelineChainAst] -or
      ($node -is [PipelineAst] -and $node.Background) -or
      ($node -is [MemberExpressionAst] -and $node.NullConditional) -or
      ($node -is [IndexExpressionAst] -and $node.NullConditional) -or
      ($node -is [ScriptBlockAst] -and $node.CleanBlock)) {
      & $tell syntax $node.GetType().Name $node.Extent
    }
    if ($node -is [VariableExpressionAst]) { & $tell variable $node.VariablePath.UserPath $node.Extent }
    if ($node -is [CommandAst] -and $node.GetCommandName()) {
      $named = @($node.CommandElements | Where-Object { $_ -is [CommandParameterAst] } | ForEach-Object ParameterName)
      & $tell command $node.GetCommandName() $node.Extent $named
    }
  }
}
