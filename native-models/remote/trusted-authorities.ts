import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { RemoteServer } from '#preload/domain/inference-server.ts';

/**
 * Whom a server's certificate may be signed by: the lab's own authority and nobody else where one was given, otherwise
 * all whom Node or this system knows.
 */
export const trustedAuthorities = ({ authority }: RemoteServer): SecureContext =>
  createSecureContext({ ca: authority === '' ? known() : authority });

const known = (): string[] => [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
