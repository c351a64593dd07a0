/**
 * Where Azure Resource Manager is in each of Microsoft's clouds. Sources: Azure documentation of each cloud, endpoints.
 */
import type { CloudName } from '../../shared/clouds.ts';

export const ARM_ENDPOINTS = {
  Global: 'https://management.azure.com',
  USGov: 'https://management.usgovcloudapi.net',
  USGovDoD: 'https://management.usgovcloudapi.net',
  China: 'https://management.chinacloudapi.cn',
} as const satisfies Record<CloudName, string>;
