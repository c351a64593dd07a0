/**
 * Microsoft's clouds: where Graph and the sign-in service are, and who issues tokens.
 * Source: Graph documentation, "National cloud deployments"; the names are those of the Graph PowerShell module.
 */
export interface Cloud {
  readonly graph: string;
  readonly login: string;
  /**
   * What the issuer of a token begins with, by the version of the token; the tenant follows. Sources: for version 2 the
   * OpenID configurations that msal-common carries (China's is not where one signs in); for version 1 Microsoft Q&A
   * 1190472, "What are the token issuers for the sovereign cloud", and the SDKs of Azure, which agree.
   */
  readonly issuers: { readonly v1: string; readonly v2: string };
  /** The portal where guests land by default; absent where its address is not documented. */
  readonly myApps?: string;
}

export const CLOUDS = {
  Global: {
    graph: 'https://graph.microsoft.com',
    login: 'https://login.microsoftonline.com',
    issuers: { v1: 'https://sts.windows.net', v2: 'https://login.microsoftonline.com' },
    myApps: 'https://myapps.microsoft.com',
  },
  USGov: {
    graph: 'https://graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    issuers: { v1: 'https://sts.windows.net', v2: 'https://login.microsoftonline.us' },
    myApps: 'https://myapps.microsoft.us',
  },
  USGovDoD: {
    graph: 'https://dod-graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    issuers: { v1: 'https://sts.windows.net', v2: 'https://login.microsoftonline.us' },
    myApps: 'https://myapps.microsoft.us',
  },
  China: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    issuers: { v1: 'https://sts.chinacloudapi.cn', v2: 'https://login.partner.microsoftonline.cn' },
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof CLOUDS;

/** The name in any case, or undefined. */
export function cloudNamed(text: string): CloudName | undefined {
  return (Object.keys(CLOUDS) as CloudName[]).find((name) => name.toLowerCase() === text.toLowerCase());
}
