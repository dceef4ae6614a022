import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

const self = "'self'";
const none = ["'none'"];

/**
 * Puts on every answer, errors included, what a page of ours may do: everything from our own origin, nothing from
 * anywhere else, no frames, no forms.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: none,
    scriptSrc: [self],
    // Emotion and MUI write style elements as the page runs.
    styleSrc: [self, "'unsafe-inline'"],
    imgSrc: [self, 'blob:', 'data:'],
    mediaSrc: [self, 'blob:'],
    fontSrc: [self, 'data:'],
    connectSrc: [self],
    workerSrc: [self, 'blob:'],
    baseUri: none,
    formAction: none,
    frameAncestors: none,
  },
  xFrameOptions: 'DENY',
  // Loopback and the desktop's own scheme have no certificates.
  strictTransportSecurity: false,
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], usb: [], serial: [], hid: [] },
});

/**
 * Puts on an answer that holds bytes of a project that it is data, whatever the bytes are: opened as a page of its own
 * it has no origin, runs nothing and loads nothing. Stands before `securityHeaders`, whose policy it replaces.
 */
export const dataHeaders = createMiddleware(async (context, next) => {
  await next();
  context.res.headers.set('content-security-policy', "default-src 'none'; sandbox");
});
