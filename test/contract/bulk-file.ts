import { join } from 'node:path';
import { ROOT, type Scene } from '../cli/harness.ts';

/** Writes `<profile>.csv` with so many generated rows into a scene. */
export async function bulkFile(scene: Scene, profile: string, rows: number): Promise<void> {
  const generator = join(ROOT, 'test', 'generate', 'main.ts');
  const line = `"${process.execPath}" "${generator}" --profile ${profile} --rows ${rows} -o ${profile}.csv`;
  const { code, stderr } = await scene.shell(line);
  if (code !== 0) throw new Error(stderr);
}
