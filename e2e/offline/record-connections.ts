import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

/*
 * Loaded before anything else into every Node process of a test: writes down each address that is connected to, sent to
 * or looked up, into the file that the environment names. What native code asks for goes past it; see `count-packets.ts`.
 */
const file = process.env['CUEPOINT_TEST_CONNECTIONS']!;
const note = (what: string, where: unknown): void => {
  const words = typeof where === 'string' || typeof where === 'number' ? String(where) : JSON.stringify(where);
  appendFileSync(file, `${what} ${words}\n`);
};

type Method = (this: unknown, ...values: unknown[]) => unknown;

function watch(owner: object, name: string, heard: (values: readonly unknown[]) => void): void {
  const methods = owner as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (...values) {
    heard(values);
    return original.apply(this, values);
  };
}

watch(net.Socket.prototype, 'connect', ([first]) => {
  // As net.connect normalises them: an array of options and a listener.
  const [options] = (Array.isArray(first) ? first : [first]) as [{ readonly path?: string; readonly host?: string }];
  // A path is a pipe between processes.
  if (typeof options !== 'object' || options.path == null) note('connect', options.host ?? 'localhost');
});
watch(dgram.Socket.prototype, 'send', (values) =>
  note('send', values.filter((value) => typeof value === 'string').at(-1)),
);
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny'])
    if (name in owner)
      watch(owner, name, ([host]) => {
        // An address is looked up without asking anybody.
        if (net.isIP(String(host)) === 0) note('look up', host);
      });
