/** A service as Consul's agent wants to be told of it; the names of the fields are Consul's. */
export interface Registration {
  readonly ID: string;
  readonly Name: string;
  readonly Address: string;
  readonly Port: number;
  readonly Checks: readonly Check[];
}

/** One way to find out whether the service is well. */
export interface Check {
  readonly CheckID: string;
  readonly Name: string;
  readonly HTTP?: string;
  readonly TCP?: string;
  readonly TTL?: string;
  readonly Interval?: string;
  readonly Timeout?: string;
  readonly Status: 'passing';
  readonly DeregisterCriticalServiceAfter: string;
}

/** Where the service is and how often it is looked after. */
export interface RegistrationProps {
  readonly name: string;
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
  readonly checkSeconds: number;
  readonly ttlSeconds: number;
}

/**
 * What to tell the agent. The id follows from the host name, so that a program which crashed and came back takes its old place; it starts as
 * passing, because it registers only once it serves.
 */
export function registrationOf(props: RegistrationProps): Registration {
  const { name, hostname, address, port, checkSeconds, ttlSeconds } = props;
  const ID = `${name}-${hostname}-${port}`;
  const host = address.includes(':') ? `[${address}]` : address;
  const common = { Status: 'passing', DeregisterCriticalServiceAfter: '1m' } as const;
  const active = { ...common, Interval: `${checkSeconds}s`, Timeout: `${checkSeconds}s` };
  return {
    ID,
    Name: name,
    Address: address,
    Port: port,
    Checks: [
      {
        ...active,
        CheckID: `${ID}:http`,
        Name: 'it answers',
        HTTP: `http://${host}:${port}/health/hostname`,
      },
      { ...active, CheckID: `${ID}:tcp`, Name: 'its port is open', TCP: `${host}:${port}` },
      { ...common, CheckID: ttlCheckOf(ID), Name: 'it says that it is well', TTL: `${ttlSeconds}s` },
    ],
  };
}

/** The check that the service itself keeps alive. */
export function ttlCheckOf(id: string): string {
  return `${id}:ttl`;
}
