import { X509Certificate } from 'node:crypto';
import { Failure } from '#preload/domain/failure.ts';
import { say, english, type Saying } from '#preload/domain/saying.ts';

const blocks = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/**
 * The certificates in the text of a PEM file and nothing else of it; empty for an empty text. Fails with `bad-input` where
 * there are none, or one that cannot be read or holds no longer.
 */
export function authorityIn(text: string, nowMs = Date.now()): string {
  if (text.trim() === '') return '';
  const found = [...text.matchAll(blocks)].filter(([, kind]) => kind === 'CERTIFICATE').map(([block]) => block);
  if (found.length === 0)
    throw refused(
      say(
        'it holds no certificate; a PEM file does, between the lines “-----BEGIN CERTIFICATE-----” and “-----END CERTIFICATE-----”',
      ),
    );
  for (const block of found) {
    const certificate = certificateIn(block);
    if (certificate.validToDate.getTime() < nowMs)
      throw refused(
        say('{{who}} expired on {{when}}', {
          who: certificate.subject.replaceAll('\n', ', '),
          when: certificate.validTo,
        }),
      );
  }
  return `${found.join('\n')}\n`;
}

function certificateIn(block: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw refused(say('its certificate is damaged'));
  }
}

const refused = (reason: Saying): Failure =>
  new Failure(
    'bad-input',
    say('The certificate authority cannot be used: {{reason}}. Ask whoever runs the server for it.', { reason }),
    { reason: english(reason) },
  );
