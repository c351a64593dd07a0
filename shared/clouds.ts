/**
 * Microsoft's clouds: where Graph and the sign-in service are.
 * Source: Graph documentation, "National cloud deployments"; the names are those of the Graph PowerShell module.
 */
export interface Cloud {
  readonly graph: string;
  readonly login: string;
  /** The portal where guests land by default; absent where its address is not documented. */
  readonly myApps?: string;
}

export const CLOUDS = {
  Global: {
    graph: 'https://graph.microsoft.com',
    login: 'https://login.microsoftonline.com',
    myApps: 'https://myapps.microsoft.com',
  },
  USGov: {
    graph: 'https://graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    myApps: 'https://myapps.microsoft.us',
  },
  USGovDoD: {
    graph: 'https://dod-graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    myApps: 'https://myapps.microsoft.us',
  },
  China: { graph: 'https://microsoftgraph.chinacloudapi.cn', login: 'https://login.chinacloudapi.cn' },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof CLOUDS;

/** The name in any case, or undefined. */
export function cloudNamed(text: string): CloudName | undefined {
  return (Object.keys(CLOUDS) as CloudName[]).find((name) => name.toLowerCase() === text.toLowerCase());
}
