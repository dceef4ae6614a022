// Protects: the WebGPU provider runs our graphs forwards and backwards, equal to the reference, on a software Vulkan driver.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ModelCheck } from '../check-model.ts';

/** Debian's chromium ships the SwiftShader driver and the Vulkan loader that finds it. */
const chromium = '/usr/lib/chromium';
const driver = path.join(chromium, 'vk_swiftshader_icd.json');
if (!existsSync(driver)) console.warn(`WebGPU test skipped: there is no ${driver}`);

test.skipIf(!existsSync(driver))(
  'clip-gelu on WebGPU: towers, prompt loss and gradients within 1e-4 of the reference',
  async () => {
    const folder = path.join(import.meta.dirname, '..');
    // A process of its own: the loader's search path is read when a process starts.
    const script = `
    import { checkModel } from './check-model.ts';
    console.log(JSON.stringify(await checkModel('fixtures/clip-gelu', { provider: 'webgpu' })));`;
    const env = { ...process.env, LD_LIBRARY_PATH: chromium, VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
      env,
    });
    const check = JSON.parse(stdout) as ModelCheck;
    expect(check.provider).toMatchObject({ requested: 'webgpu', chosen: 'webgpu' });
    expect(Object.keys(check.tensors)).toContain('prompt.grad_prefix');
    expect(check).toMatchObject({ passed: true });
  },
);
