import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The part of an Azurite server that is used here; the package ships no types. */
export interface AzuriteServer {
  start(): Promise<void>;
  close(): Promise<void>;
  /** `http://host:port` with the port it really got. */
  getHttpServerAddress(): string;
}

type Construct<Arguments extends readonly unknown[], Made> = new (...args: Arguments) => Made;

/**
 * The arguments that both configurations share, after their paths. Source: azurite/dist/src/common/ConfigurationBase.js
 */
const QUIET = {
  enableAccessLog: false,
  enableDebugLog: false,
  loose: false,
  skipApiVersionCheck: true,
  inMemory: true,
};

/** A table service in memory. It logs nothing and, started without Azurite's command line, sends no telemetry. */
export function createTableServer(port: number): AzuriteServer {
  type Settings = readonly unknown[];
  const { default: TableConfiguration } = require('azurite/dist/src/table/TableConfiguration') as {
    default: Construct<Settings, object>;
  };
  const { default: TableServer } = require('azurite/dist/src/table/TableServer') as {
    default: Construct<[object], AzuriteServer>;
  };
  const keepAliveSeconds = 60;
  return new TableServer(
    new TableConfiguration(
      '127.0.0.1',
      port,
      keepAliveSeconds,
      'unused-in-memory',
      QUIET.enableDebugLog,
      QUIET.enableAccessLog,
      undefined, // access log stream
      undefined, // debug log file
      QUIET.loose,
      QUIET.skipApiVersionCheck,
      '', // certificate
      '', // key
      '', // password
      undefined, // OAuth level
      false, // disable product style URL
      QUIET.inMemory,
    ),
  );
}

/** A blob service in memory: Core Tools keep the locks of timers in blobs. */
export function createBlobServer(port: number): AzuriteServer {
  type Settings = readonly unknown[];
  const { default: BlobConfiguration } = require('azurite/dist/src/blob/BlobConfiguration') as {
    default: Construct<Settings, object>;
  };
  const { default: BlobServer } = require('azurite/dist/src/blob/BlobServer') as {
    default: Construct<[object], AzuriteServer>;
  };
  const keepAliveSeconds = 60;
  return new BlobServer(
    new BlobConfiguration(
      '127.0.0.1',
      port,
      keepAliveSeconds,
      'unused-in-memory',
      'unused-in-memory',
      undefined, // persistence paths
      QUIET.enableAccessLog,
      undefined, // access log stream
      QUIET.enableDebugLog,
      undefined, // debug log file
      QUIET.loose,
      QUIET.skipApiVersionCheck,
      '', // certificate
      '', // key
      '', // password
      undefined, // OAuth level
      false, // disable product style URL
      QUIET.inMemory,
    ),
  );
}
