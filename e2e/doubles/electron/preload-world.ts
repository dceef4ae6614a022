/** Names of the ways between the page and the double; the preload script alone may use them, and hides them. */
export const bindings = { invoke: '__electronInvoke', receive: '__electronReceive' } as const;

/**
 * The page's side of the double as a script: runs a sandboxed preload script before the page's own, with `electron` as
 * its only module. What it exposes is copied as `contextBridge` does: plain data and functions, nothing with a class.
 */
export function preloadWorld(preload: string, platform: string, droppedFiles: ReadonlyMap<string, string>): string {
  return `(() => {
  const invokeMain = window[${JSON.stringify(bindings.invoke)}];
  const listeners = new Map();
  const paths = new Map(${JSON.stringify([...droppedFiles])});
  Object.defineProperty(window, ${JSON.stringify(bindings.receive)}, {
    value: (channel, args) => listeners.get(channel)?.forEach((listener) => listener({}, ...args)),
  });
  const bridged = (value) => {
    if (typeof value === 'function') return (...args) => value(...args);
    if (Array.isArray(value)) return value.map(bridged);
    if (value === null || typeof value !== 'object') return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError('only plain objects cross the bridge');
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bridged(each)])));
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: bridged(api), enumerable: true }),
    },
    ipcRenderer: {
      invoke: async (channel, ...args) => {
        const answer = await invokeMain(channel, args);
        if (!answer.ok) throw new Error("Error invoking remote method '" + channel + "': " + answer.message);
        return answer.value;
      },
      on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel, listener) =>
        void listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== listener)),
    },
    webUtils: {
      getPathForFile: (file) => {
        if (!(file instanceof File)) throw new TypeError('getPathForFile takes a File');
        return paths.get(file.name) ?? '';
      },
    },
  };
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload script cannot load ' + name);
    return electron;
  };
  const process = { platform: ${JSON.stringify(platform)} };
  ((require, process, module, exports) => {
${preload}
  })(require, process, { exports: {} }, {});
})();`;
}
