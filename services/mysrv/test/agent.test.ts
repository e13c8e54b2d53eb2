import { Unavailable } from '@fluxwright/runtime';
import { expect, test } from '@jest/globals';
import { consulAgent } from '../src/agent';
import { registrationOf } from '../src/registration';

const props = {
  name: 'mysrv',
  hostname: 'pod-1',
  address: '10.0.0.7',
  port: 3000,
  checkSeconds: 2,
  ttlSeconds: 15,
};

/** An agent that answers with the status, and what it was asked. */
function agent(status: number, text = '', token?: string) {
  const asked: {
    readonly url: string;
    readonly method: string | undefined;
    readonly token: string | null;
    readonly body: unknown;
  }[] = [];
  const send = async (url: string, { method, headers, body }: RequestInit): Promise<Response> => {
    asked.push({
      url,
      method,
      token: new Headers(headers).get('x-consul-token'),
      body: typeof body === 'string' ? (JSON.parse(body) as unknown) : body,
    });
    return new Response(text, { status });
  };
  return { asked, agent: consulAgent('http://consul:8500', token, send) };
}

test('a service registers with an HTTP, a TCP and a push check', async () => {
  const { asked, agent: consul } = agent(200, '', 'secret of the test');
  await consul.register(registrationOf(props));
  expect(asked).toMatchObject([
    {
      url: 'http://consul:8500/v1/agent/service/register?replace-existing-checks=true',
      method: 'PUT',
      token: 'secret of the test',
      body: {
        ID: 'mysrv-pod-1-3000',
        Name: 'mysrv',
        Address: '10.0.0.7',
        Port: 3000,
        Checks: [
          { HTTP: 'http://10.0.0.7:3000/health/hostname', Interval: '2s' },
          { TCP: '10.0.0.7:3000', Interval: '2s' },
          { CheckID: 'mysrv-pod-1-3000:ttl', TTL: '15s', DeregisterCriticalServiceAfter: '1m' },
        ],
      },
    },
  ]);
});

test('an IPv6 address stands in brackets where a port follows', () => {
  const { Address, Checks } = registrationOf({ ...props, address: 'fd00::7' });
  expect([Address, Checks[0]?.HTTP, Checks[1]?.TCP]).toEqual([
    'fd00::7',
    'http://[fd00::7]:3000/health/hostname',
    '[fd00::7]:3000',
  ]);
});

test('a pass tells whether the agent knows the check', async () => {
  const { asked, agent: knowing } = agent(200);
  expect(await knowing.pass('mysrv-pod-1-3000:ttl')).toBe(true);
  expect(asked[0]?.url).toBe('http://consul:8500/v1/agent/check/pass/mysrv-pod-1-3000%3Attl');
  expect(await agent(404, 'Unknown check ID').agent.pass('x')).toBe(false);
});

test('what the agent does not know is deregistered already', async () => {
  await expect(agent(404, 'Unknown service ID').agent.deregister('x')).resolves.toBeUndefined();
});

test('an agent that cannot do it is not available, and says why', async () => {
  const { agent: sick } = agent(500, 'No cluster leader');
  for (const ask of [
    () => sick.register(registrationOf(props)),
    () => sick.deregister('x'),
    () => sick.pass('x'),
  ]) {
    await expect(ask()).rejects.toEqual(new Unavailable('Consul answered 500 No cluster leader'));
  }
});
