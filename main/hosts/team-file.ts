import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { TeamTrust } from '#main/http/team-access.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';

const leastSecret = 32;

/** Headers that browsers or others set, or that mean something of their own: a proxy cannot name a person in them. */
const taken =
  /^(host|origin|cookie|referer|user-agent|connection|content-.*|accept.*|sec-.*|x-cuepoint-.*|authorization|transfer-encoding|upgrade|via|forwarded|x-forwarded-(for|host|proto|port))$/u;

const teamFile = z.strictObject({
  /** Where people reach the studio: `https://studio.lab.example/`. */
  address: z.url({ protocol: /^https?$/u }),
  /** The header in which the proxy names the person. */
  personHeader: z
    .string()
    .regex(/^[A-Za-z][\w-]{0,99}$/u, 'is no name of a header')
    .refine((name) => !taken.test(name.toLowerCase()), 'is a header with a meaning of its own'),
  /** A file with the secret, beside this one or by its whole path, which only its owner may read. */
  secretFile: z.string().min(1).max(4096),
  /** Who may use what is the machine's: its files, models and settings. Names as the sign-in gives them. */
  owners: z.array(z.string().trim().min(1).max(200)).max(1000).default([]),
});

/**
 * Reads the configuration of a served team: which proxy is trusted, and how it names people. Fails with `bad-input` or
 * `not-found` for whatever would leave the door open: an address without TLS beyond this machine, a short secret, or one
 * that others of this machine can read.
 */
export function readTeamFile(path: string): TeamTrust {
  const parsed = teamFile.safeParse(parse(path, textOf(path)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue!.path.length === 0 ? '' : `"${issue!.path.join('.')}" `;
    throw new Failure('bad-input', verbatim(`${path}: ${place}${issue!.message}.`), { path });
  }
  const { personHeader, secretFile, owners } = parsed.data;
  const address = new URL(parsed.data.address);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname);
  if (address.protocol === 'http:' && !isLoopback)
    throw new Failure(
      'bad-input',
      verbatim(`${path}: the address must begin with https://, since names and footage go over the network to it.`),
      { path },
    );
  if (address.username !== '' || address.search !== '' || address.hash !== '' || !address.pathname.endsWith('/'))
    throw new Failure(
      'bad-input',
      verbatim(`${path}: the address must be as https://studio.lab.example/, with a slash at its end.`),
      {
        path,
      },
    );
  const secret = secretIn(resolve(dirname(path), secretFile));
  return { address, personHeader: personHeader.toLowerCase(), secret, owners };
}

function secretIn(file: string): string {
  const secret = textOf(file).trim();
  // Windows has no such bits: there the folder's own permissions count.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Failure('bad-input', verbatim(`Others can read ${file}: make it yours alone with "chmod 600".`), {
      path: file,
    });
  if (!/^[\x21-\x7e]+$/u.test(secret) || secret.length < leastSecret)
    throw new Failure(
      'bad-input',
      verbatim(`${file} must hold one word of at least ${leastSecret} characters, as "openssl rand -hex 32" makes it.`),
      { path: file },
    );
  return secret;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(
      'not-found',
      verbatim(`${path} cannot be read: ${(error as Error).message}.`),
      { path },
      { cause: error },
    );
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(
      'bad-input',
      verbatim(`${path} is no JSON: ${(error as Error).message}.`),
      { path },
      { cause: error },
    );
  }
}
