/** Alerts and workbook: one source of queries, which ask for what the code logs. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SETS, at, evaluated, ofType, one, type Resource } from '../../azure/evaluated.ts';

const QUERY_RULES = 'Microsoft.Insights/scheduledQueryRules';

interface Criteria {
  readonly allOf: readonly { readonly query: string; readonly operator: string; readonly threshold: number }[];
}

const queryOf = (rule: Resource): string => (at(rule, 'criteria') as Criteria).allOf[0]?.query ?? '';
const code = globSync('shared/**/*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);
const files = globSync('infra/queries/*.kql').toSorted();

test.each(files)('%s asks for events and fields that the code logs', (file) => {
  const query = readFileSync(file, 'utf8');
  const events = all(query, /event\)? (?:==|in) \(?'([^)\n]+)'/g).flatMap((names) => names.split("', '"));
  for (const event of events) {
    const [, rest = ''] = code.split(new RegExp(`log\\.\\w+\\('${event}'`));
    expect(rest, event).not.toBe('');
  }
  const fields = all(query, /\bline\.(\w+)/g).filter((field) => field !== 'event');
  for (const field of fields) expect(code, field).toMatch(new RegExp(`\\b${field}\\b`));
  expect(events.length > 0 || fields.length === 0).toBe(true);
});

describe.each(SETS)('%s', (set) => {
  const rules = ofType(set, QUERY_RULES);

  test('asks each query in an alert, of this app alone, and shows each in the workbook', () => {
    const isOwn = set !== 'existing-workspace';
    expect(rules).toHaveLength(isOwn ? files.length : files.length - 1);
    const component = one(set, 'Microsoft.Insights/components').id;
    const site = one(set, 'Microsoft.Web/sites').id;
    for (const query of rules.map(queryOf)) {
      const asked = query.match(/\b(?:AppTraces|FunctionAppLogs)\b/g) ?? [];
      expect(asked.length > 0).toBe(!query.includes('_LogOperation'));
      expect(query.match(/_ResourceId =~ '[^']+'/g) ?? []).toEqual(
        asked.map((table) => `_ResourceId =~ '${table === 'AppTraces' ? component : site}'`),
      );
    }
    const workbook = JSON.parse(String(at(one(set, 'Microsoft.Insights/workbooks'), 'serializedData'))) as {
      items: { content: { query?: string } }[];
    };
    const shown = workbook.items.flatMap(({ content: { query } }) => query ?? []);
    expect(rules.map(queryOf).filter((query) => !shown.includes(query))).toEqual([]);
    expect(
      shown.map((query) => query.replaceAll(component, '{componentId}').replaceAll(site, '{siteId}')).toSorted(),
    ).toEqual(files.map((file) => readFileSync(file, 'utf8')).toSorted());
  });

  test('is quiet about a missing heartbeat only as long as two runs may take', () => {
    const [heartbeat] = rules.filter(({ name }) => name.includes('heartbeat'));
    expect(heartbeat?.properties).toMatchObject({
      windowSize: 'PT30M',
      criteria: { allOf: [{ operator: 'LessThan', threshold: 1 }] },
    });
  });

  test('ends what tells of a state by itself, and leaves what tells of an event to a person', () => {
    const isEvent = ({ name }: Resource): boolean => /stopped|host-start|log-cap/.test(name);
    for (const rule of rules) {
      expect([rule.name, at(rule, 'autoMitigate')]).toEqual([rule.name, !isEvent(rule)]);
      // Azure takes the one or the other.
      expect(at(rule, 'muteActionsDuration')).toBe(isEvent(rule) ? at(rule, 'windowSize') : undefined);
    }
  });

  test('asks where the workspace is', () => {
    for (const { location } of rules) expect(location).toMatch(/^\[reference\('.*\/workspaces\/[\w-]+', .*location\]$/);
  });

  test('counts dead letters of each queue by a metric, which works when logs do not', () => {
    expect(at(one(set, 'Microsoft.Insights/metricAlerts'), 'criteria')).toMatchObject({
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
      allOf: [{ metricName: 'DeadletteredMessages', timeAggregation: 'Maximum', threshold: 0 }],
    });
  });

  test('tells of a new role in the resource group', () => {
    const alert = one(set, 'Microsoft.Insights/activityLogAlerts');
    expect(at(alert, 'scopes')).toEqual([expect.stringMatching(/\/resourceGroups\/[^/]+$/)]);
    expect(JSON.stringify(at(alert, 'condition'))).toContain('Microsoft.Authorization/roleAssignments/write');
  });
});

test('alerts are mailed where somebody has given an address, and all of them', () => {
  const group = one('all-options', 'Microsoft.Insights/actionGroups').id;
  const groups = [{ actionGroupId: group }];
  const actions = (type: string): unknown[] =>
    ofType('all-options', `Microsoft.Insights/${type}`).map((alert) => at(alert, 'actions'));
  for (const each of actions('scheduledQueryRules')) expect(each).toEqual({ actionGroups: [group] });
  expect(actions('metricAlerts')).toEqual([groups]);
  expect(actions('activityLogAlerts')).toEqual([{ actionGroups: groups }]);
  expect(ofType('plain', 'Microsoft.Insights/actionGroups')).toEqual([]);
  expect(JSON.stringify(evaluated('plain'))).not.toContain('actionGroups/');
});
