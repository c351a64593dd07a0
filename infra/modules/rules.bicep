@export()
@description('A query about these resources.')
func about(query string, insightsId string, siteId string) string =>
  replace(replace(query, '{componentId}', insightsId), '{siteId}', siteId)

@export()
@description('''
The queries that alerts ask and the workbook shows, each a file in queries/. A state is over when its query no longer finds
it. An event is not undone because no other follows, so its alert stays until a person closes it.
''')
var rules = [
  {
    name: 'stopped'
    title: 'Graph has stopped the tenant or a job'
    query: loadTextContent('../queries/stopped.kql')
    severity: 1
    evaluationFrequency: 'PT5M'
    windowSize: 'PT10M'
    operator: 'GreaterThan'
    threshold: 0
    isState: false
    onOwnWorkspaceOnly: false
  }
  {
    name: 'failures'
    title: 'Over a fifth of the resets fails'
    query: loadTextContent('../queries/failures.kql')
    severity: 2
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    isState: true
    onOwnWorkspaceOnly: false
  }
  {
    name: 'heartbeat'
    title: 'Reconcile has not run for half an hour'
    query: loadTextContent('../queries/heartbeat.kql')
    severity: 1
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    operator: 'LessThan'
    threshold: 1
    isState: true
    onOwnWorkspaceOnly: false
  }
  {
    name: 'repair'
    title: 'Reconcile cannot repair'
    query: loadTextContent('../queries/repair.kql')
    severity: 2
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    operator: 'GreaterThan'
    threshold: 2
    isState: true
    onOwnWorkspaceOnly: false
  }
  {
    name: 'throttled'
    title: 'Graph asks to wait, often or for long'
    query: loadTextContent('../queries/throttled.kql')
    severity: 3
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    operator: 'GreaterThan'
    threshold: 0
    isState: true
    onOwnWorkspaceOnly: false
  }
  {
    name: 'host-start'
    title: 'The host does not start'
    query: loadTextContent('../queries/host-start.kql')
    severity: 1
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    operator: 'GreaterThan'
    threshold: 0
    isState: false
    onOwnWorkspaceOnly: false
  }
  {
    name: 'log-cap'
    title: 'The workspace has taken in its daily cap'
    query: loadTextContent('../queries/log-cap.kql')
    severity: 2
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    operator: 'GreaterThan'
    threshold: 0
    isState: false
    onOwnWorkspaceOnly: true
  }
]
