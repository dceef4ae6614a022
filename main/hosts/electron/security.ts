import { app, session, type WebPreferences } from 'electron';
import { isOurs } from './scheme.ts';

/** The pages are a web site without privileges: no Node, a world of their own, in Chromium's sandbox. */
export const pagePreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  disableDialogs: true,
  spellcheck: false,
} as const satisfies WebPreferences;

/**
 * Chromium asks its maker's servers for lists, components, time and word of its networks, and tells of crashes, whoever
 * uses it. None of that happens here: nothing leaves this machine that a person did not ask for. Must come before the app
 * is ready.
 */
export function silenceChromium(): void {
  for (const name of silent) app.commandLine.appendSwitch(name);
  app.commandLine.appendSwitch('disable-features', silentFeatures.join(','));
  // Names are never looked up and nothing is connected to, whatever else may try; pages come by the scheme.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

const silent = [
  'disable-background-networking',
  'disable-breakpad',
  'disable-client-side-phishing-detection',
  'disable-component-update',
  'disable-default-apps',
  'disable-domain-reliability',
  'disable-sync',
  'dns-prefetch-disable',
  'metrics-recording-only',
  'no-default-browser-check',
  'no-first-run',
  'no-pings',
  'no-proxy-server',
] as const;

const silentFeatures = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DnsOverHttps',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Reporting',
  'SafeBrowsing',
  'Translate',
] as const;

/** Denies what a page of ours never needs: other addresses, new windows and embedded views. */
export function denyStrangers(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    for (const moment of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      contents.on(moment as 'will-navigate', (event) => {
        if (!isOurs(event.url)) event.preventDefault();
      });
    }
  });
}

/** What a page of ours may ask for: the player on the whole screen, and a frame or a time copied. Nothing is read so. */
const grantedToOurs: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

/** Permissions beyond those are denied, asked for or looked up, and pages reach no address but ours. Needs the app to be ready. */
export function denyPermissions(): void {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url) }));
  // The spelling checker would fetch its dictionaries.
  session.defaultSession.setSpellCheckerEnabled(false);
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(grantedToOurs.has(permission) && isOurs(requestingUrl)),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => grantedToOurs.has(permission) && isOurs(origin),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Besides the studio's own addresses: what a page holds itself, and the tools for whoever looks inside. */
const isAllowed = (url: string): boolean => isOurs(url) || /^(?:blob|data|devtools|chrome-devtools):/.test(url);
