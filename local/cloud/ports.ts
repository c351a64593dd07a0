import { createServer } from 'node:net';

/** The launcher owns the first port; the others follow it in this order. */
export interface Ports {
  readonly api: number;
  readonly graph: number;
  readonly tables: number;
  readonly broker: number;
}

/** Four ports in a row. The broker can be moved, because some clients insist on 5672. */
export function portsFrom(api: number, broker: number | undefined): Ports {
  return { api, graph: api + 1, tables: api + 2, broker: broker ?? api + 3 };
}

/** The first port that something else already listens on; undefined when all are free. */
export async function findBusyPort(
  ports: Readonly<Record<string, number>>,
): Promise<{ part: string; port: number } | undefined> {
  for (const [part, port] of Object.entries(ports)) {
    if (!(await isFree(port))) return { part, port };
  }
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
