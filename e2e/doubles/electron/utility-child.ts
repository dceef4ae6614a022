// Runs a module as Electron's utility process would: with `process.parentPort`, ending when its parent does.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

class ParentPortDouble extends EventEmitter {
  postMessage(message: unknown): void {
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  }
}

const port = new ParentPortDouble();
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.exit());
Object.assign(process, { parentPort: port });
await import(pathToFileURL(process.argv[2]!).href);
