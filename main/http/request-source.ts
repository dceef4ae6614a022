/** What a request says of where it goes and comes from; by itself it proves nothing. */
export interface RequestSource {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly host: string | null;
  readonly origin: string | null;
  /** The `Sec-Fetch-Site` header: how the browser relates the page that asks to us. Pages cannot set it. */
  readonly fetchSite: string | null;
}

export const sourceOf = ({ method, url, headers }: Request): RequestSource => ({
  method,
  path: new URL(url).pathname,
  host: headers.get('host'),
  origin: headers.get('origin'),
  fetchSite: headers.get('sec-fetch-site'),
});
