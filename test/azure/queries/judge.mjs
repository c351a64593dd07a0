// What Microsoft's own analyzer of the query language says of each query: its words, its functions, its columns. Which
// rows there are, and whether a message is what the app has logged, it does not know.
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Of the tables what queries may use. Source: Azure Monitor documentation, "Azure Monitor Logs reference". */
const TABLES = {
  AppTraces:
    '(TimeGenerated: datetime, Message: string, SeverityLevel: int, AppRoleInstance: string, _ResourceId: string)',
  FunctionAppLogs:
    '(TimeGenerated: datetime, Level: string, Message: string, HostInstanceId: string, _ResourceId: string)',
  _LogOperation: '(TimeGenerated: datetime, Category: string, Operation: string, Level: string, Detail: string)',
};

const FOLDER = 'infra/queries';

// Two scripts for a browser: each adds to what is global.
const load = createRequire(import.meta.url);
load('@kusto/language-service-next/bridge.min');
load('@kusto/language-service-next/Kusto.Language.Bridge.min');
const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;

const tables = Object.entries(TABLES).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name));
const workspace = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor3('workspace', null, tables, false));

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.kql'));
const found = files.flatMap((name) =>
  findings(readFileSync(join(FOLDER, name), 'utf8')).map((text) => `${name}${text}`),
);
for (const line of found) console.error(line);
console.log(`Queries: ${files.length}, ${found.length} findings.`);
// An analyzer that finds nothing anywhere would find nothing here.
const isAwake = findings('AppTraces | where Mesage has 1').length > 0;
if (!isAwake) console.error('The analyzer does not know what AppTraces has.');
process.exitCode = found.length === 0 && files.length > 0 && isAwake ? 0 : 1;

/** By line, as editors count. */
function findings(query) {
  const diagnostics = KustoCode.ParseAndAnalyze(query, workspace).GetDiagnostics();
  return Array.from({ length: diagnostics.Count }, (_, index) => diagnostics.getItem(index)).map(
    ({ Start, Severity, Message }) => `:${query.slice(0, Start).split('\n').length}: ${Severity}: ${Message}`,
  );
}
